#include "objects/model/emergency.h"

#include <algorithm>
#include <cstring>
#include <initializer_list>
#include <new>
#include <utility>

#include "heap/heap.h"
#include "objects/containers/tuple.h"
#include "objects/model/exception.h"
#include "objects/runtime/str.h"

namespace upy {

namespace {

constexpr size_t kArgsBytes = sizeof(Tuple) + EmergencyReserve::kMaxArgs * sizeof(Value);
constexpr size_t kTextBytes = sizeof(Str) + EmergencyReserve::kBytes + 1;
constexpr size_t kPlacesBytes = sizeof(Object) + EmergencyReserve::kMaxPlaces * sizeof(Exception::Place);

Exception blank(const Type& type) { return {{&type.root}, const_cast<Tuple*>(&empty_tuple), nullptr, 0, 0}; }

}  // namespace

EmergencyReserve::EmergencyReserve(Heap& heap)
    : heap_(heap), last_resort_(std::make_unique<Exception>(blank(BaseException_type))) {}

EmergencyReserve::~EmergencyReserve() = default;

/// Where there is not that much room, it is not worth a collection.
void EmergencyReserve::set_aside() {
  if (heap_.lock_depth() > 0 || heap_.available() < sizeof(Exception) + kArgsBytes + kTextBytes + kPlacesBytes) return;
  if (!exception_)
    if (Object* cell = heap_.allocate(&BaseException_type.root, sizeof(Exception)))
      exception_ = new (cell) Exception(blank(BaseException_type));
  if (!args_)
    if (Object* cell = heap_.allocate(&tuple_type.root, kArgsBytes)) args_ = new (cell) Tuple(&tuple_type.root, 0);
  if (!text_)
    if (Object* cell = heap_.allocate(&str_type.root, kTextBytes))
      text_ = new (cell) Str(&str_type.root, 0, 0, 0, false);
  if (!places_) places_ = heap_.allocate(&bytes_storage_shape, kPlacesBytes);
}

Exception* EmergencyReserve::exception(const Type& type) {
  Exception* exception = std::exchange(exception_, nullptr);
  if (!exception) exception = last_resort_.get();
  *exception = blank(type);
  return exception;
}

Tuple* EmergencyReserve::args(std::span<const Value> values) {
  if (values.empty() || values.size() > kMaxArgs || size_ == 0 || !args_) return const_cast<Tuple*>(&empty_tuple);
  Tuple* args = std::exchange(args_, nullptr);
  args->size = values.size();
  std::copy(values.begin(), values.end(), args->items());
  return args;
}

Str* EmergencyReserve::text(std::string_view text) {
  if (size_ == 0 || !text_) return nullptr;
  size_t size = std::min(text.size(), size_);
  while (size > 0 && size < text.size() && (text[size] & 0xc0) == 0x80) size--;  // no half code points
  Str* str = std::exchange(text_, nullptr);
  std::memcpy(str->data(), text.data(), size);
  str->data()[size] = 0;
  str->size = static_cast<uint32_t>(size);
  str->length = static_cast<uint32_t>(count_code_points(str->view()));
  return str;
}

void EmergencyReserve::give_places(Exception* exception) {
  if (size_ == 0 || !places_) return;
  exception->trace = std::exchange(places_, nullptr);
  exception->trace_size = 0;
  exception->trace_capacity = kMaxPlaces;
}

void EmergencyReserve::mark(Marker& marker) {
  for (const Object* cell : std::initializer_list<const Object*>{exception_, args_, text_, places_}) marker.mark(cell);
  last_resort_->shape->kind->trace(last_resort_.get(), marker);
}

}  // namespace upy
