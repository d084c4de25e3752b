#include "objects/model/emergency.h"

#include <algorithm>
#include <cstring>
#include <new>
#include <utility>

#include "bytecode/utf8.h"
#include "heap/heap.h"
#include "objects/containers/tuple.h"
#include "objects/model/exception.h"
#include "objects/runtime/str.h"

namespace upy {

namespace {

constexpr size_t kArgsBytes = sizeof(Tuple) + EmergencyReserve::kMaxArgs * sizeof(Value);
constexpr size_t kTextBytes = sizeof(Str) + EmergencyReserve::kBytes + 1;
constexpr size_t kEntriesBytes = sizeof(Object) + EmergencyReserve::kMaxEntries * sizeof(Exception::TracebackEntry);

Exception blank(const Type& type) { return {{&type.root}, const_cast<Tuple*>(&empty_tuple), nullptr, 0, 0}; }

}  // namespace

EmergencyReserve::EmergencyReserve(Heap& heap)
    : heap_(heap), last_resort_(std::make_unique<Exception>(blank(BaseException_type))) {}

EmergencyReserve::~EmergencyReserve() = default;

/// Null if all are taken.
template <typename Cell>
Cell* EmergencyReserve::take(Cells<Cell>& cells) {
  for (Cell*& cell : cells) {
    if (!cell) continue;
    taken_++;
    return std::exchange(cell, nullptr);
  }
  return nullptr;
}

template <typename Cell, typename Make>
void EmergencyReserve::fill(Cells<Cell>& cells, Make make) {
  for (Cell*& cell : cells) {
    if (!cell && (cell = make())) taken_--;
  }
}

/// Where there is not that much room, it is not worth a collection.
void EmergencyReserve::set_aside() {
  constexpr size_t kAll = kExceptions * (sizeof(Exception) + kArgsBytes + kTextBytes + kEntriesBytes);
  if (heap_.lock_depth() > 0 || heap_.available() < kAll) return;
  fill(exceptions_, [this]() -> Exception* {
    Object* cell = heap_.allocate(&BaseException_type.root, sizeof(Exception));
    return cell ? new (cell) Exception(blank(BaseException_type)) : nullptr;
  });
  fill(args_, [this]() -> Tuple* {
    Object* cell = heap_.allocate(&tuple_type.root, kArgsBytes);
    return cell ? new (cell) Tuple(&tuple_type.root, 0) : nullptr;
  });
  fill(texts_, [this]() -> Str* {
    Object* cell = heap_.allocate(&str_type.root, kTextBytes);
    return cell ? new (cell) Str(&str_type.root, 0, 0, 0, false) : nullptr;
  });
  fill(entries_, [this] { return heap_.allocate(&bytes_storage_shape, kEntriesBytes); });
}

Exception* EmergencyReserve::exception(const Type& type) {
  Exception* exception = take(exceptions_);
  if (!exception) exception = last_resort_.get();
  *exception = blank(type);
  return exception;
}

Tuple* EmergencyReserve::args(std::span<const Value> values) {
  const bool fits = !values.empty() && values.size() <= kMaxArgs && size_ > 0;
  Tuple* args = fits ? take(args_) : nullptr;
  if (!args) return const_cast<Tuple*>(&empty_tuple);
  args->size = values.size();
  std::copy(values.begin(), values.end(), args->items());
  return args;
}

Str* EmergencyReserve::text(std::string_view text) {
  Str* str = size_ > 0 ? take(texts_) : nullptr;
  if (!str) return nullptr;
  size_t size = std::min(text.size(), size_);
  while (size > 0 && size < text.size() && is_continuation(text[size])) size--;  // no half code points
  std::memcpy(str->data(), text.data(), size);
  str->data()[size] = 0;
  str->size = static_cast<uint32_t>(size);
  str->length = static_cast<uint32_t>(count_code_points(str->view()));
  return str;
}

void EmergencyReserve::give_entries(Exception* exception) {
  Object* entries = size_ > 0 ? take(entries_) : nullptr;
  if (!entries) return;
  exception->trace = entries;
  exception->trace_size = 0;
  exception->trace_capacity = kMaxEntries;
}

void EmergencyReserve::mark(Marker& marker) {
  const auto mark_all = [&marker](const auto& cells) {
    for (const Object* cell : cells) marker.mark(cell);
  };
  mark_all(exceptions_);
  mark_all(args_);
  mark_all(texts_);
  mark_all(entries_);
  last_resort_->shape->kind->trace(last_resort_.get(), marker);
}

}  // namespace upy
