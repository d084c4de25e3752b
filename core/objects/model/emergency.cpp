#include "objects/model/emergency.h"

#include <cstring>

#include "objects/containers/tuple.h"
#include "objects/model/exception.h"
#include "objects/runtime/str.h"

namespace upy {

struct EmergencyReserve::Parts {
  struct Args : Tuple {
    Args() : Tuple(&tuple_type.root, 0) {}
    Value values[kMaxArgs];
  };
  struct Text : Str {
    Text() : Str(&str_type.root, 0, 0, 0, false) {}
    char bytes[kBytes + 1] = {};
  };
  struct Places : Object {
    Places() : Object{&bytes_storage_shape} {}
    Exception::Place places[kMaxPlaces];
  };

  Exception exception{};
  Args args;
  Text text;
  Places places;
};

EmergencyReserve::EmergencyReserve() : parts_(std::make_unique<Parts>()) { exception(BaseException_type); }

EmergencyReserve::~EmergencyReserve() = default;

Exception* EmergencyReserve::exception(const Type& type) {
  if (borrower_ == &parts_->exception) borrower_ = nullptr;
  parts_->exception = Exception{{&type.root}, const_cast<Tuple*>(&empty_tuple), nullptr, 0, 0};
  return &parts_->exception;
}

Tuple* EmergencyReserve::args(std::span<const Value> values) {
  if (values.empty() || values.size() > kMaxArgs || size_ == 0) return const_cast<Tuple*>(&empty_tuple);
  parts_->args.size = values.size();
  std::copy(values.begin(), values.end(), parts_->args.values);
  return &parts_->args;
}

Str* EmergencyReserve::text(std::string_view text) {
  if (size_ == 0) return nullptr;
  size_t size = std::min(text.size(), size_);
  while (size > 0 && size < text.size() && (text[size] & 0xc0) == 0x80) size--;  // no half code points
  std::memcpy(parts_->text.bytes, text.data(), size);
  parts_->text.bytes[size] = 0;
  parts_->text.hash_ = 0;
  parts_->text.size = static_cast<uint32_t>(size);
  parts_->text.length = static_cast<uint32_t>(count_code_points(text.substr(0, size)));
  return &parts_->text;
}

void EmergencyReserve::lend_places(Exception* exception) {
  if (size_ == 0) return;
  if (borrower_) {
    borrower_->trace = nullptr;
    borrower_->trace_size = borrower_->trace_capacity = 0;
  }
  borrower_ = exception;
  exception->trace = &parts_->places;
  exception->trace_size = 0;
  exception->trace_capacity = kMaxPlaces;
}

void EmergencyReserve::mark(Marker& marker) {
  marker.mark(parts_->exception.args);
  marker.mark(parts_->exception.trace);
  for (uint32_t i = 0; i < parts_->exception.trace_size; i++) {
    marker.mark(parts_->exception.places()[i].file);
    marker.mark(parts_->exception.places()[i].block);
  }
  marker.mark(parts_->args.values, kMaxArgs);  // whoever goes through them may have begun with more than there are now
}

void EmergencyReserve::drop_dead(const Heap& heap) {
  if (borrower_ && !heap.is_marked(borrower_)) borrower_ = nullptr;
}

}  // namespace upy
