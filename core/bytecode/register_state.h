#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "bytecode/register_use.h"

namespace upy {

/// What each register of a frame may hold at one place of the code. Only the registers up to the last one that was used
/// take memory: all beyond it hold the same, nothing at first, and after a call anything.
class RegisterState {
 public:
  content::Set operator[](uint32_t reg) const { return reg < known_.size() ? known_[reg] : beyond_; }

  /// Whether the registers from `first` on hold nothing but `content`.
  bool holds(content::Set content, uint32_t first, uint32_t count) const {
    content::Set found = 0;
    const uint32_t end = std::min<size_t>(first + count, known_.size());
    for (uint32_t reg = first; reg < end; ++reg) found |= known_[reg];
    if (first + count > known_.size()) found |= beyond_;
    return (found & ~content) == 0;
  }

  void set(content::Set content, uint32_t first, uint32_t count = 1) {
    if (known_.size() < first + count) known_.resize(first + count, beyond_);
    std::fill_n(known_.begin() + first, count, content);
  }

  /// Lets them hold `content` as well as what they do; whether that is new.
  bool add(content::Set content, uint32_t first, uint32_t count = 1) {
    bool is_new = false;
    for (uint32_t reg = first; reg < first + count; ++reg) {
      const content::Set before = (*this)[reg];
      if ((before | content) == before) continue;
      set(before | content, reg);
      is_new = true;
    }
    return is_new;
  }

  /// Lets `first` and all after it hold anything; whether that is new.
  bool clobber(uint32_t first) {
    const auto is_known = [](content::Set held) { return held != content::kAnything; };
    const bool is_new = beyond_ != content::kAnything ||
                        (first < known_.size() && std::any_of(known_.begin() + first, known_.end(), is_known));
    if (known_.size() < first && beyond_ != content::kAnything) known_.resize(first, beyond_);
    if (known_.size() > first) known_.resize(first);
    beyond_ = content::kAnything;
    return is_new;
  }

  /// Lets each register hold what it does in `other` as well; whether that is new.
  bool merge(const RegisterState& other) {
    bool is_new = (beyond_ | other.beyond_) != beyond_;
    const size_t both = std::min(known_.size(), other.known_.size());
    if (known_.size() > both) {  // the rest meets what is beyond in the other
      if (other.beyond_ == content::kAnything) {
        is_new = clobber(static_cast<uint32_t>(both));
        return merge_known(other, both) || is_new;
      }
      for (size_t reg = both; reg < known_.size(); ++reg) is_new |= merge_one(known_[reg], other.beyond_);
    } else if (other.known_.size() > both && beyond_ != content::kAnything) {
      known_.resize(other.known_.size(), beyond_);
      for (size_t reg = both; reg < known_.size(); ++reg) is_new |= merge_one(known_[reg], other.known_[reg]);
    }
    beyond_ |= other.beyond_;
    return is_new | merge_known(other, both);
  }

  /// How many registers take memory, a byte each.
  size_t size() const { return known_.size(); }

 private:
  static bool merge_one(content::Set& held, content::Set other) {
    const content::Set before = held;
    held |= other;
    return held != before;
  }

  bool merge_known(const RegisterState& other, size_t count) {
    content::Set changed = 0;
    for (size_t reg = 0; reg < count; ++reg) {
      changed |= other.known_[reg] & ~known_[reg];
      known_[reg] |= other.known_[reg];
    }
    return changed != 0;
  }

  std::vector<content::Set> known_;
  content::Set beyond_ = content::Unset;
};

}  // namespace upy
