#pragma once

#include <atomic>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "upyclient/connection.h"

/// A daemon with many boards that is used for a long time: what it takes of the system must not grow.
namespace soak {

/// The boards there are, by number, and the lines of the simulated chip.
inline std::string board_name(uint32_t number) { return "b" + std::to_string(number); }
inline constexpr uint32_t kLines = 64;

/// A client that does what users do, one thing after the other, each chosen by chance. Whatever the daemon refuses
/// (boards that are down just now, lines that are another's) is as it is to be; a call that finds no daemon throws.
class Visitor {
 public:
  Visitor(upyd::Address address, uint32_t boards, uint64_t seed, std::string metrics);

  /// Does one thing.
  void act();
  /// How many it has done.
  uint64_t acts() const { return acts_; }

  /// Gives a board its files and settings, and starts it.
  void make_board(uint32_t number);

 private:
  using Act = void (Visitor::*)(upyclient::Connection& upyd);
  struct Choice {
    Act act;
    unsigned weight;
  };
  static const std::vector<Choice>& choices();

  void drive(upyclient::Connection& upyd);
  void restart(upyclient::Connection& upyd);
  void stop_and_start(upyclient::Connection& upyd);
  void deploy(upyclient::Connection& upyd);
  void edit(upyclient::Connection& upyd);
  void run_alone(upyclient::Connection& upyd);
  void run_on_board(upyclient::Connection& upyd);
  void leave_run(upyclient::Connection& upyd);
  void read_log(upyclient::Connection& upyd);
  void follow_log(upyclient::Connection& upyd);
  void watch_events(upyclient::Connection& upyd);
  void be_at_prompt(upyclient::Connection& upyd);
  void look_around(upyclient::Connection& upyd);
  void scrape(upyclient::Connection& upyd);
  void create_and_delete(upyclient::Connection& upyd);

  void deploy_to(upyclient::Connection& upyd, uint32_t number);
  uint32_t any(uint32_t count) { return static_cast<uint32_t>(random_() % count); }
  std::string any_board() { return board_name(any(boards_)); }

  const upyd::Address address_;
  const uint32_t boards_;
  const std::string metrics_;  // the path of the socket
  std::mt19937_64 random_;
  upyclient::Connection upyd_;  // its own, besides those that it makes for one act
  std::atomic<uint64_t> acts_ = 0;
};

}  // namespace soak
