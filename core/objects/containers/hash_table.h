#pragma once

#include <cstdint>

#include "objects/runtime/str.h"
#include "objects/runtime/type.h"

/// The hash table under dicts and sets.
///
/// Entries lie in one array in the order they were added. A removed entry leaves a gap (null key) until the table is
/// compacted or moved. Tables of more than kMaxUnindexed entries have an index behind the entries: open addressing with
/// linear probing, each slot empty, deleted, or the number of an entry. In smaller ones every search goes through the
/// entries, which for interned strings compares addresses.
///
/// The cell of the table is plain bytes to the collector; the owner traces the entries in use.
///
/// Gaps need no memory of their own: the `hash` of a gap says how many gaps in a row begin there at least, and gaps at
/// the end are given back at once. So taking out the oldest or the newest entry again and again costs constant time.
///
/// A key's __eq__ may change the table it is being looked up in, or clear it and fill it again. So a search that has
/// called Python goes on only if the entry that it looked at is still where it was, in a table of the same size; else
/// it starts again.
namespace upy {

/// `Entry` has the members `hash` and `key`, and may have more.
template <typename EntryType>
struct HashTable : Object {
  using Entry = EntryType;
  static constexpr uint32_t kMaxUnindexed = 8;
  static constexpr int64_t kNone = -1;

  struct Table : Object {
    uint32_t filled;     ///< slots of the index that are not empty
    uint8_t index_bits;  ///< log2 of the slots of the index; 0: there is none
    uint8_t unindexed;   ///< entries it has room for if there is no index
    bool mixed;          ///< some key is an object other than an interned string
    Entry entries[];
  };
  Table* table;      ///< null while it has room for none
  uint32_t used;     ///< entries, gaps included
  uint32_t count;    ///< live entries
  uint64_t version;  ///< moves on whenever an entry is added, removed or moved

  /// How many entries the table has room for.
  uint32_t capacity() const {
    if (!table) return 0;
    return table->index_bits ? capacity_of(table->index_bits) : table->unindexed;
  }
  /// Only while there is a table. Dies with the next entry that is added.
  Entry* entries() { return table->entries; }
  /// The next live entry at or after position `at`, which moves behind it; null at the end.
  Entry* next(size_t& at) {
    while (at < used) {
      Entry& entry = table->entries[at];
      if (entry.key) {
        at++;
        return &entry;
      }
      at += entry.hash;
    }
    return nullptr;
  }

  /// Makes a table that was just allocated empty.
  void initialize() {
    table = nullptr;
    used = count = 0;
    version = 0;
  }
  /// Makes room for `total` entries in all. MemoryError; then nothing has changed.
  Result<void> reserve(Vm& vm, size_t total);
  /// Removes all entries and gives up the table.
  void clear();

  /// The number of the entry whose key is that interned string, or kNone. Never calls Python, never allocates.
  int64_t locate_name(const Str* name) const;
  /// The number of the entry with that key, or kNone. May call __eq__ of keys.
  Result<int64_t> locate(Vm& vm, Value key, uint64_t hash);
  /// The number of the entry with that key, which is added if there was none.
  Result<int64_t> locate_or_add(Vm& vm, Value key, uint64_t hash);
  /// Adds an entry for a key that is known not to be there; its other members are null.
  Result<int64_t> add_new(Vm& vm, Value key, uint64_t hash);
  /// Removes the live entry of that number.
  void remove_at(int64_t at);

  /// The CellKind::trace of tables.
  static void trace(Object* object, Marker& marker);

 private:
  class Probe;
  /// How many entries a table with an index of 2^bits slots takes: three quarters, so a search ends soon at an empty
  /// slot.
  static constexpr uint32_t capacity_of(unsigned index_bits) { return uint32_t{3} << (index_bits - 2); }
  bool holds(int64_t at, Value key, uint32_t size) const;
  int64_t locate_text(const Str* name) const;
  Result<void> make_room(Vm& vm);
  Result<void> move_to(Vm& vm, uint32_t new_capacity);
  Result<void> compact(Vm& vm);
  Result<void> rebuild_index(Vm& vm);
  void enter_into_index(uint32_t at);
  void take_from_index(uint32_t at);
};

/// hash(key), quickly for strings and small ints. TypeError if it is unhashable.
Result<uint64_t> hash_key(Vm& vm, Value key);

template <typename Entry>
class HashTable<Entry>::Probe {
 public:
  /// Goes through the entries among which a key of that hash must be.
  Probe(const HashTable& table, uint64_t hash) : table_(table) {
    if (table.table && table.table->index_bits) at_ = first_slot(hash, table.table->index_bits);
  }
  /// The number of the next one, which may be a gap, or kNone.
  int64_t next() {
    if (!table_.table || !table_.table->index_bits) return at_ < table_.used ? static_cast<int64_t>(at_++) : kNone;
    while (uint32_t slot = slot_at(table_, at_)) {
      last_ = at_;
      at_ = (at_ + 1) & slot_mask(table_);
      if (slot != kDeleted) return slot - 1;
    }
    return kNone;
  }
  /// The slot of the index through which `next` found its last entry.
  size_t last_slot() const { return last_; }

  static constexpr uint32_t kDeleted = UINT32_MAX;
  static size_t slot_mask(const HashTable& table) { return (size_t{1} << table.table->index_bits) - 1; }
  static size_t first_slot(uint64_t hash, unsigned bits) { return hash * 0x9e3779b97f4a7c15 >> (64 - bits); }
  /// The content of a slot: 0 if it is empty, kDeleted, or the number of an entry plus one.
  static uint32_t slot_at(const HashTable& table, size_t slot) {
    const void* index = table.table->entries + capacity_of(table.table->index_bits);
    if (table.table->index_bits > kMaxNarrowBits) return static_cast<const uint32_t*>(index)[slot];
    uint16_t narrow = static_cast<const uint16_t*>(index)[slot];
    return narrow == UINT16_MAX ? kDeleted : narrow;
  }
  static void set_slot(HashTable& table, size_t slot, uint32_t content) {
    void* index = table.table->entries + capacity_of(table.table->index_bits);
    if (table.table->index_bits > kMaxNarrowBits)
      static_cast<uint32_t*>(index)[slot] = content;
    else
      static_cast<uint16_t*>(index)[slot] = static_cast<uint16_t>(content);
  }
  /// Slots have 16 bits in an index of up to 2^16 of them, else 32.
  static constexpr unsigned kMaxNarrowBits = 16;
  static size_t slot_bytes(unsigned bits) {
    return bits == 0 ? 0 : (size_t{1} << bits) * (bits > kMaxNarrowBits ? sizeof(uint32_t) : sizeof(uint16_t));
  }

 private:
  const HashTable& table_;
  size_t at_ = 0;
  size_t last_ = 0;
};

template <typename Entry>
inline int64_t HashTable<Entry>::locate_name(const Str* name) const {
  if (count == 0) return kNone;
  const Entry* entries = table->entries;
  if (!table->index_bits) {
    for (uint32_t i = 0; i < used; i++)
      if (entries[i].key == Value(name)) return i;
  } else {
    Probe probe(*this, name->hash());
    for (int64_t i = probe.next(); i != kNone; i = probe.next())
      if (entries[i].key == Value(name)) return i;
  }
  return table->mixed ? locate_text(name) : kNone;
}

}  // namespace upy
