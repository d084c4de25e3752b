#include "objects/emergency.h"

#include <cstring>

namespace upy {

EmergencyReserve::EmergencyReserve() : exception_{} { exception(BaseException_type); }

Exception* EmergencyReserve::exception(const Type& type) {
  if (borrower_ == &exception_) borrower_ = nullptr;
  exception_ = Exception{{&type.root}, const_cast<Tuple*>(&empty_tuple), nullptr, 0, 0};
  return &exception_;
}

Tuple* EmergencyReserve::args(std::span<const Value> values) {
  if (values.empty() || values.size() > kMaxArgs || size_ == 0) return const_cast<Tuple*>(&empty_tuple);
  args_.size = values.size();
  std::copy(values.begin(), values.end(), args_.values);
  return &args_;
}

Str* EmergencyReserve::text(std::string_view text) {
  if (size_ == 0) return nullptr;
  size_t size = std::min(text.size(), size_);
  while (size > 0 && size < text.size() && (text[size] & 0xc0) == 0x80) size--;  // no half code points
  std::memcpy(text_.bytes, text.data(), size);
  text_.bytes[size] = 0;
  text_.hash_ = 0;
  text_.size = static_cast<uint32_t>(size);
  text_.length = static_cast<uint32_t>(count_code_points(text.substr(0, size)));
  return &text_;
}

void EmergencyReserve::lend_places(Exception* exception) {
  if (size_ == 0) return;
  if (borrower_) {
    borrower_->trace = nullptr;
    borrower_->trace_size = borrower_->trace_capacity = 0;
  }
  borrower_ = exception;
  exception->trace = &places_;
  exception->trace_size = 0;
  exception->trace_capacity = kMaxPlaces;
}

void EmergencyReserve::mark(Marker& marker) {
  marker.mark(exception_.args);
  marker.mark(exception_.trace);
  for (uint32_t i = 0; i < exception_.trace_size; i++) {
    marker.mark(exception_.places()[i].file);
    marker.mark(exception_.places()[i].block);
  }
  marker.mark(args_.values, kMaxArgs);  // whoever goes through them may have begun with more than there are now
}

void EmergencyReserve::drop_dead(const Heap& heap) {
  if (borrower_ && !heap.is_marked(borrower_)) borrower_ = nullptr;
}

}  // namespace upy
