#include "objects/containers/dict_views.h"

#include "objects/containers/dict.h"
#include "objects/containers/tuple.h"
#include "objects/model/printing.h"
#include "objects/runtime/vm.h"
#include "objects/runtime/writer.h"

namespace upy {

Result<DictView*> DictView::make(Vm& vm, const Type& type, Dict* dict) {
  DictView* view = TRY(vm.allocate<DictView>(type));
  view->dict = dict;
  return view;
}

namespace {

void trace(Object* object, Marker& marker) { marker.mark(static_cast<DictView*>(object)->dict); }
constexpr CellKind kKind{.trace = trace};

Dict* dict_of(Value self) { return static_cast<DictView*>(self.as_object())->dict; }

Result<size_t> view_length(Vm&, Value self) { return size_t{dict_of(self)->count}; }

Result<bool> keys_contains(Vm& vm, Value self, Value key) { return !TRY(dict_of(self)->get(vm, key)).is_absent(); }

/// The entry at the cursor, which moves on; null at the end.
Dict::Entry* next_entry(Value self, int64_t& cursor) {
  auto at = static_cast<size_t>(cursor);
  Dict::Entry* entry = dict_of(self)->next(at);
  cursor = static_cast<int64_t>(at);
  return entry;
}

Result<Value> keys_next_at(Vm&, Value self, int64_t& cursor) {
  Dict::Entry* entry = next_entry(self, cursor);
  return entry ? entry->key : Value::stop();
}

Result<Value> values_next_at(Vm&, Value self, int64_t& cursor) {
  Dict::Entry* entry = next_entry(self, cursor);
  return entry ? entry->value : Value::stop();
}

Result<Value> items_next_at(Vm& vm, Value self, int64_t& cursor) {
  Dict::Entry* entry = next_entry(self, cursor);
  if (!entry) return Value::stop();
  Value item[] = {entry->key, entry->value};
  return TRY(Tuple::make(vm, item));
}

Result<void> view_print(Vm& vm, Value self, Writer& out, PrintStyle) {
  TRY(vm.check_stack());
  TRY(out.write(vm, type_of(self)->name->view()));
  TRY(out.write(vm, "(["));
  int64_t cursor = 0;
  for (bool first = true;; first = false) {
    Value item = TRY(type_of(self)->slots.next_at(vm, self, cursor));
    if (item.is_stop()) break;
    if (!first) TRY(out.write(vm, ", "));
    TRY(print(vm, item, out, PrintStyle::Repr));
    TRY(vm.poll());
  }
  return out.write(vm, "])");
}

}  // namespace

constinit const Type dict_keys_type{{
    .name = "dict_keys"_n,
    .kind = &kKind,
    .slots = {.print = view_print, .length = view_length, .contains = keys_contains, .next_at = keys_next_at},
}};

constinit const Type dict_values_type{{
    .name = "dict_values"_n,
    .kind = &kKind,
    .flags = Type::kHashByAddress,
    .slots = {.print = view_print, .length = view_length, .next_at = values_next_at},
}};

constinit const Type dict_items_type{{
    .name = "dict_items"_n,
    .kind = &kKind,
    .slots = {.print = view_print, .length = view_length, .next_at = items_next_at},
}};

}  // namespace upy
