#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <random>
#include <string>

#include "upyclient/connection.h"

namespace test_kill {

/// What a client knows of a board.
struct Board {
  uint64_t heap_bytes = 0;
  bool enabled = true, stopped = false;
  std::map<std::string, std::string> files;  ///< by path
  bool operator==(const Board&) const = default;
  /// Whether upyd has it up once it has started itself.
  bool comes_up() const { return enabled && !stopped; }
};

/// All boards, by name.
using Boards = std::map<std::string, Board>;

/// A change of them.
struct Change {
  std::string text;                                     ///< for people
  std::function<void(upyclient::Connection&)> request;  ///< throws upyclient::Error
  Boards after;
};

/// Any change that is possible with these.
Change any_change(const Boards& boards, std::mt19937_64& random);

/// The boards of a daemon that has just started. One that is down counts as stopped, unless it is not enabled: then as
/// in `known`, since that can't be seen.
Boards boards_of(upyclient::Connection& upyd, const Boards& known);

/// For people: what two have different.
std::string difference(const Boards& one, const Boards& other);

}  // namespace test_kill
