#include "objects/containers/hash_table.h"

#include <bit>
#include <cstring>

#include "objects/containers/dict.h"
#include "objects/containers/set.h"
#include "objects/model/operators.h"
#include "objects/runtime/bulk.h"
#include "objects/runtime/vm.h"

namespace upy {

namespace {

constexpr uint32_t kSmallestTable = 4;
constexpr unsigned kSmallestIndexBits = 4;
constexpr unsigned kLargestIndexBits = 31;
constexpr uint32_t kEntriesPerCheck = 4096;  ///< after how many a collection asks whether it is to be given up

/// Whether the key is an object other than an interned string: one that might equal a string of another address.
bool is_mixed(Value key) {
  return key.is_object() && !(is_exactly(key, str_type) && static_cast<const Str*>(key.as_object())->interned);
}

enum class Match : uint8_t { Yes, No, Ask };

/// Compares two keys of the same hash as far as that goes without calling anything.
Match match(Value stored, Value key) {
  if (stored == key) return Match::Yes;
  if (is_exactly(stored, str_type) && is_exactly(key, str_type)) {
    const auto *a = static_cast<const Str*>(stored.as_object()), *b = static_cast<const Str*>(key.as_object());
    if (a->size > kSlice && b->size > kSlice) return Match::Ask;
    return equal(a, b) ? Match::Yes : Match::No;
  }
  return stored.is_small_int() && key.is_small_int() ? Match::No : Match::Ask;
}

}  // namespace

Result<uint64_t> hash_key(Vm& vm, Value key) {
  if (is_exactly(key, str_type)) return uint64_t{TRY(hash_of(vm, static_cast<const Str*>(key.as_object())))};
  if (key.is_small_int()) return static_cast<uint64_t>(key.as_small_int());
  return hash(vm, key);
}

// ---- searching ----

template <typename Entry>
int64_t HashTable<Entry>::locate_text(const Str* name) const {
  uint64_t hash = name->hash();
  Probe probe(*this, hash);
  for (int64_t at = probe.next(); at != kNone; at = probe.next()) {
    const Entry& entry = table->entries[at];
    if (entry.key && entry.hash == hash && is_exactly(entry.key, str_type) && match(entry.key, name) == Match::Yes)
      return at;
  }
  return kNone;
}

/// Whether the table has room for `size` entries, and the one of that number is that of the key.
template <typename Entry>
bool HashTable<Entry>::holds(int64_t at, Value key, uint32_t size) const {
  return capacity() == size && at < used && table->entries[at].key == key;
}

template <typename Entry>
Result<int64_t> HashTable<Entry>::locate(Vm& vm, Value key, uint64_t hash) {
  while (true) {
    const uint32_t size = capacity();
    Probe probe(*this, hash);
    for (int64_t at = probe.next();; at = probe.next()) {
      if (at == kNone) return kNone;
      Value stored = table->entries[at].key;
      TRY(vm.poll_kill());
      if (!stored || table->entries[at].hash != hash) continue;
      Match answer = match(stored, key);
      if (answer == Match::Ask) {
        answer = TRY(equal(vm, stored, key)) ? Match::Yes : Match::No;
        if (!holds(at, stored, size)) break;
      }
      if (answer == Match::Yes) return at;
    }
    TRY(vm.poll());
  }
}

template <typename Entry>
Result<int64_t> HashTable<Entry>::locate_or_add(Vm& vm, Value key, uint64_t hash) {
  int64_t at = TRY(locate(vm, key, hash));
  return at == kNone ? add_new(vm, key, hash) : at;
}

// ---- changing ----

template <typename Entry>
Result<int64_t> HashTable<Entry>::add_new(Vm& vm, Value key, uint64_t hash) {
  if (used == capacity() || table->filled == capacity()) TRY(make_room(vm));
  uint32_t at = used++;
  table->entries[at] = {hash, key};
  table->mixed |= is_mixed(key);
  if (table->index_bits) enter_into_index(at);
  count++;
  version++;
  return static_cast<int64_t>(at);
}

template <typename Entry>
void HashTable<Entry>::remove_at(int64_t position) {
  auto at = static_cast<uint32_t>(position);
  Entry* entries = table->entries;
  if (table->index_bits) take_from_index(at);
  entries[at] = {};
  entries[at].hash = 1;
  count--;
  version++;
  while (used > 0 && !entries[used - 1].key) used--;
  if (used == 0 || entries[0].key) return;
  uint64_t gaps = entries[0].hash;
  while (!entries[gaps].key) gaps += entries[gaps].hash;
  entries[0].hash = gaps;
}

template <typename Entry>
void HashTable<Entry>::clear() {
  table = nullptr;
  used = count = 0;
  version++;
}

// ---- the index ----

template <typename Entry>
void HashTable<Entry>::enter_into_index(uint32_t at) {
  size_t slot = Probe::first_slot(table->entries[at].hash, table->index_bits);
  uint32_t content = Probe::slot_at(*this, slot);
  while (content != 0 && content != Probe::kDeleted) {
    slot = (slot + 1) & Probe::slot_mask(*this);
    content = Probe::slot_at(*this, slot);
  }
  if (content == 0) table->filled++;
  Probe::set_slot(*this, slot, at + 1);
}

template <typename Entry>
void HashTable<Entry>::take_from_index(uint32_t at) {
  Probe probe(*this, table->entries[at].hash);
  while (probe.next() != static_cast<int64_t>(at)) {
  }
  Probe::set_slot(*this, probe.last_slot(), Probe::kDeleted);
}

/// Where all hashes are the same this takes the square of the entries' number. False: a kill left it half done.
template <typename Entry>
Result<void> HashTable<Entry>::rebuild_index(Vm& vm) {
  table->filled = 0;
  if (!table->index_bits) return {};
  TRY(fill_bytes(vm, reinterpret_cast<char*>(table->entries + capacity()), 0, Probe::slot_bytes(table->index_bits)));
  for (uint32_t at = 0; at < used; at++) {
    enter_into_index(at);
    TRY(vm.poll_kill());
  }
  return {};
}

// ---- room ----

/// Makes room for one more entry: in the table itself if at least a quarter of it is gaps, else in one twice as large.
template <typename Entry>
Result<void> HashTable<Entry>::make_room(Vm& vm) {
  if (count < capacity() - capacity() / 4) return compact(vm);
  return reserve(vm, size_t{capacity()} + 1);
}

template <typename Entry>
Result<void> HashTable<Entry>::reserve(Vm& vm, size_t total) {
  if (total <= capacity()) return {};
  if (total <= kMaxUnindexed) return move_to(vm, total <= kSmallestTable ? kSmallestTable : kMaxUnindexed);
  unsigned bits = kSmallestIndexBits;
  while (capacity_of(bits) < total && bits < kLargestIndexBits) bits++;
  if (capacity_of(bits) < total) return vm.too_large(total * sizeof(Entry));
  return move_to(vm, capacity_of(bits));
}

/// Moves the entries without their gaps to a new table; after a kill they are still in the old one.
template <typename Entry>
Result<void> HashTable<Entry>::move_to(Vm& vm, uint32_t new_capacity) {
  unsigned bits = new_capacity <= kMaxUnindexed ? 0 : std::bit_width(new_capacity);
  size_t bytes = sizeof(Table) + size_t{new_capacity} * sizeof(Entry) + Probe::slot_bytes(bits);
  Table* larger = TRY(vm.allocate<Table>(&bytes_storage_shape, bytes));
  larger->filled = 0;
  larger->index_bits = static_cast<uint8_t>(bits);
  larger->unindexed = static_cast<uint8_t>(bits ? 0 : new_capacity);
  larger->mixed = table && table->mixed;
  HashTable moved = *this;
  moved.table = larger;
  moved.used = 0;
  for (uint32_t at = 0; at < used; at++) {
    if (table->entries[at].key) larger->entries[moved.used++] = table->entries[at];
    TRY(vm.poll_kill());
  }
  TRY(moved.rebuild_index(vm));
  moved.version++;
  *this = moved;
  return {};
}

/// Moves the entries together; a kill meanwhile loses them all.
template <typename Entry>
Result<void> HashTable<Entry>::compact(Vm& vm) {
  uint32_t moved = 0;
  for (uint32_t at = 0; at < used; at++)
    if (table->entries[at].key) table->entries[moved++] = table->entries[at];
  used = moved;
  version++;
  Result<void> rebuilt = rebuild_index(vm);
  if (!rebuilt) clear();
  return rebuilt;
}

// ---- collection ----

template <typename Entry>
void HashTable<Entry>::trace(Object* object, Marker& marker) {
  auto* self = static_cast<HashTable*>(object);
  if (!self->table) return;
  marker.mark(self->table);
  for (uint32_t at = 0; at < self->used; at++) {
    if (at % kEntriesPerCheck == kEntriesPerCheck - 1 && marker.gives_up()) return;
    marker.mark(self->table->entries[at].key);
    if constexpr (requires(Entry entry) { entry.value; }) marker.mark(self->table->entries[at].value);
  }
}

template struct HashTable<DictEntry>;
template struct HashTable<SetEntry>;

}  // namespace upy
