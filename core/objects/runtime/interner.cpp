#include "objects/runtime/interner.h"

#include <algorithm>
#include <array>

#include "objects/model/exception.h"
#include "objects/runtime/str.h"
#include "objects/runtime/utf8.h"
#include "objects/runtime/vm.h"

namespace upy {
namespace {

constinit const Str* const kPredefined[] = {
#define STR(text) &static_str<text>,
#include "defs/strings.def"
#undef STR
};

/// Where the predefined strings are found by hash: open addressing, at most half full.
constexpr size_t kSlots = std::bit_ceil(std::size(kPredefinedTexts) * 2);
/// Index into kPredefined, plus 1; 0: nothing there.
using Slots = std::array<uint16_t, kSlots>;

constexpr Slots make_slots() {
  Slots slots{};
  static_assert(std::size(kPredefinedTexts) <= UINT16_MAX);
  for (size_t i = 0; i < std::size(kPredefinedTexts); i++) {
    size_t slot = hash_bytes(kPredefinedTexts[i]) % kSlots;
    while (slots[slot] && kPredefinedTexts[slots[slot] - 1] != kPredefinedTexts[i]) slot = (slot + 1) % kSlots;
    slots[slot] = static_cast<uint16_t>(i + 1);
  }
  return slots;
}

constexpr Slots kPredefinedSlots = make_slots();

const Str* find_static(std::string_view text, uint32_t hash) {
  if (text.size() == 1 && static_cast<uint8_t>(text[0]) < 128) return ascii_strs[static_cast<uint8_t>(text[0])];
  for (size_t slot = hash % kSlots; kPredefinedSlots[slot]; slot = (slot + 1) % kSlots) {
    const Str* str = kPredefined[kPredefinedSlots[slot] - 1];
    if (str->hash_ == hash && str->view() == text) return str;
  }
  return nullptr;
}

constexpr size_t kFirstCapacity = 64;

}  // namespace

const Str* Interner::find(std::string_view text, uint32_t hash) const {
  if (const Str* known = find_static(text, hash)) return known;
  if (index_.empty()) return nullptr;
  const size_t mask = index_.size() - 1;
  for (size_t slot = hash & mask; index_[slot]; slot = (slot + 1) & mask) {
    const Str* str = strings_[index_[slot] - 1];
    if (str->hash_ == hash && str->view() == text) return str;
  }
  return nullptr;
}

const Str* Interner::find(std::string_view text) const { return find(text, hash_bytes(text)); }

Result<const Str*> Interner::intern(std::string_view text) {
  if (text.size() > kMaxNameSize) return vm_.raise(Error::name_too_long);
  if (const Str* known = find(text)) return known;
  if (!is_well_formed(text)) return vm_.raise_with(UnicodeError_type, Value());
  Str* str = TRY(Str::make(vm_, text));
  return add(str);
}

Result<const Str*> Interner::intern(const Str* str) {
  if (str->interned) return str;
  if (str->size > kMaxNameSize) return vm_.raise(Error::name_too_long);
  if (const Str* known = find(str->view(), str->hash())) return known;
  return add(const_cast<Str*>(str));
}

Result<const Str*> Interner::add(Str* str) {
  if ((strings_.size() + 1) * 2 > index_.size()) TRY(grow());
  str->interned = true;
  str->hash();
  strings_.push_back(str);
  text_bytes_ += size_t{str->size} + 1;
  enter(strings_.size());
  return str;
}

/// Doubles the tables, and charges that to the instance's limit.
Result<void> Interner::grow() {
  const size_t slots = std::max(kFirstCapacity * 2, index_.size() * 2);
  const size_t before = table_bytes();
  const size_t after = slots * sizeof(uint32_t) + slots / 2 * sizeof(Str*);
  if (!vm_.heap.charge(after - before)) return vm_.too_large(after - before);
  strings_.reserve(slots / 2);
  index_.assign(slots, 0);
  for (size_t number = 1; number <= strings_.size(); number++) enter(number);
  return {};
}

/// Puts the string with that number (from 1) into the index.
void Interner::enter(size_t number) {
  const size_t mask = index_.size() - 1;
  size_t slot = strings_[number - 1]->hash_ & mask;
  while (index_[slot]) slot = (slot + 1) & mask;
  index_[slot] = static_cast<uint32_t>(number);
}

void Interner::drop_dead(Heap& heap) {
  const auto is_dead = [&](const Str* str) {
    const bool dead = !heap.is_marked(str);
    if (dead) text_bytes_ -= size_t{str->size} + 1;
    return dead;
  };
  if (std::erase_if(strings_, is_dead) == 0) return;
  std::fill(index_.begin(), index_.end(), 0);
  for (size_t number = 1; number <= strings_.size(); number++) enter(number);
}

}  // namespace upy
