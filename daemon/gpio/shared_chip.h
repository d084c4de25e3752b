#pragma once

#include <map>
#include <memory>
#include <mutex>

#include "gpio/debouncer.h"
#include "gpio/sim_chip.h"
#include "reactor/alarms.h"

namespace upyd {

/// What becomes of an output when the instance that writes it ends or gives it up by its end.
enum class AtEnd : uint8_t {
  Release,  ///< the line is given back, or becomes an input for those who still read it
  Keep,     ///< the daemon holds it as it is
  Low,      ///< the daemon holds it low
  High,     ///< the daemon holds it high
};

/// The rules by "CHIP:OFFSET" or line name; what is not named is released.
using AtEndRules = std::map<std::string, AtEnd, std::less<>>;

/// A chip that instances share.
///
/// The daemon takes a line into use once; instances hold it by claims, one for a line. Any number may read and watch a
/// line, each with its own trigger and active-low setting; one at a time may write it, and the others read what it
/// writes. Pull and debouncing are the line's: whoever sets one first keeps it from being set otherwise by others. A
/// line nobody claims or monitors is given back, unless its AtEnd rule says that the daemon holds it.
///
/// Edges go to all who watch, in the chip's order, each at most once. What is lost on the way is counted: `lost` before
/// the daemon got it, `dropped` where an instance had no room for it.
///
/// All functions may be called from any thread. Events are posted under the lock: after `release`, `unwatch` or
/// `end_monitor` none comes any more.
class SharedChip final : public std::enable_shared_from_this<SharedChip> {
 public:
  using Claim = uint64_t;
  using Monitor = uint64_t;

  /// How edges of a line fared since the daemon began.
  struct Counters {
    uint64_t edges = 0;    ///< that the chip saw, lost ones included
    uint64_t lost = 0;     ///< that did not reach the daemon, as far as the kernel tells
    uint64_t dropped = 0;  ///< that an instance had no room for, each instance counted
  };

  /// The state of a line. Levels are physical.
  struct LineState {
    std::string name;
    LineUse use;
    std::optional<SimDrive> drive;  ///< simulated chips
    uint32_t debounce_us = 0;
    bool kept = false;                 ///< an output that the daemon holds by an AtEnd rule
    std::string writer;                ///< owner; empty: none
    std::vector<std::string> readers;  ///< owners, sorted
    Counters counters;
  };

  /// An edge as a monitor is told of it.
  struct MonitoredEdge {
    uint32_t offset;
    bool rising;
    uint32_t sequence;  ///< of the line within the monitor, from 1; a gap is a loss
    int64_t timestamp_ns;
  };
  /// Called under the lock: it must not block or call back.
  using OnEdge = std::function<void(const MonitoredEdge&)>;

  /// Why an instance did not get an edge.
  enum class Loss : uint8_t { Kernel, Mailbox, Queue };

  /// Is told what happens on chips, by their names. Called under the chip's lock: it must not block or call back.
  class Observer {
   public:
    /// Whether anybody wants to know.
    virtual bool is_watched() const = 0;
    virtual void edge_delivered(const std::string& owner, const std::string& chip, const MonitoredEdge& edge) = 0;
    virtual void edges_lost(const std::string& owner, const std::string& chip, uint32_t offset, Loss loss,
                            uint32_t edges) = 0;
    /// The owner claimed, configured or released a line.
    virtual void line_changed(const std::string& owner, const std::string& chip, uint32_t offset,
                              const LineState& state) = 0;
    virtual void chip_changed(const std::string& chip, bool is_there) = 0;

   protected:
    ~Observer() = default;
  };

  /// `alarms` and `observer` must outlive it.
  static std::shared_ptr<SharedChip> make(std::unique_ptr<Chip> chip, AtEndRules rules, Alarms& alarms,
                                          Observer& observer);

  const std::string& name() const { return name_; }
  ChipInfo info();
  uint32_t num_lines();
  /// Empty if it has none.
  std::string line_name(uint32_t offset);
  /// The first line of a name.
  std::optional<uint32_t> find_line(std::string_view name);
  bool is_simulated() const { return chip_->is_simulated(); }
  /// "CHIP:OFFSET".
  std::string id(uint32_t offset) const;

  /// Claims a line for an owner, by its name. EBUSY: it is to be an output and has another writer, or is to have
  /// another pull or debouncing than another owner gave it; other errors are the chip's.
  upy::PortError claim(uint32_t offset, const std::string& owner, const upy::PinConfig& config, Claim& claim);
  upy::PortError configure(Claim claim, const upy::PinConfig& config);
  /// The level as the claim sees it, active-low applied.
  upy::PortError read(Claim claim, int& level);
  /// A claim that is no output keeps the level for the time when it becomes one.
  upy::PortError write(Claim claim, int level);
  /// As upy::Pins::watch, `edges` not 0. Edges that come while the owner's thread waits at `place` it takes itself, and
  /// for all others who watch the line; null: it does not wait for them. The place must stay until `unwatch`.
  upy::PortError watch(Claim claim, int edges, upy::EventToken token, upy::EventSink& sink, upy::PollSet* place);
  void unwatch(Claim claim);
  /// Counts edges that the owner got and had no room for after all.
  void count_dropped(Claim claim, uint32_t edges);
  /// As upy::Pins::dropped.
  uint64_t dropped(Claim claim);
  void release(Claim claim);

  LineState state(uint32_t offset);
  /// The lines that are in use or had edges since the daemon began, and how these fared.
  struct CountedLine {
    uint32_t offset;
    std::string name;
    Counters counters;
  };
  std::vector<CountedLine> counted_lines();
  /// Looks whether the chip has come or gone. When it has come back, its lines are set up as they were.
  void look_again();
  /// Drives a line of a simulated chip from outside. EBUSY when an instance writes it, ENOTSUP when it is real.
  upy::PortError check_drive(uint32_t offset);
  void drive(uint32_t offset, SimDrive drive);
  /// Calls `on_edge` at every edge of a line; a line that nobody uses becomes an input.
  upy::PortError monitor(uint32_t offset, OnEdge on_edge, Monitor& monitor);
  void end_monitor(Monitor monitor);

 private:
  struct ClaimState {
    Claim id;
    uint32_t offset;
    std::string owner;
    bool active_low = false;
    LinePull pull = LinePull::Unchanged;  // what it asked for
    uint32_t debounce_us = 0;
    int edges = 0;
    upy::EventToken token = 0;
    uint32_t sequence = 0;  // of the edge it was told last, lost ones counted
    uint64_t dropped = 0;
    int kept_level = -1;  // physical, written while it was no output; -1: none
    upy::EventSink* sink = nullptr;
    upy::PollSet* place = nullptr;  // where its owner waits; null: nowhere, or for no edges
  };
  struct MonitorState {
    uint32_t offset;
    uint32_t sequence = 0;
    OnEdge on_edge;
  };
  struct Line {
    bool in_use = false;           // set up at the chip, when that is there
    bool is_missing = false;       // but the chip is back and the line was not to be had
    LineSettings settings;         // as set up
    ClaimState* writer = nullptr;  // none, but an output: the daemon holds it
    std::vector<ClaimState*> claims;
    std::vector<MonitorState*> monitors;
    Debouncer debouncer;  // at work if the chip does not debounce
    Counters counters;

    bool is_kept() const { return in_use && !writer && is_output(settings.mode); }
  };

  SharedChip(std::unique_ptr<Chip> chip, AtEndRules rules, Alarms& alarms, Observer& observer);

  Line& line_at(uint32_t offset);
  ClaimState& at(Claim claim) { return claims_.at(claim); }
  upy::PortError find_conflict(const ClaimState& claim, const upy::PinConfig& config);
  LineSettings wanted(const ClaimState& claim, const upy::PinConfig& config);
  LineSettings after_output(uint32_t offset);
  uint32_t debounce_for(const Line& line, const ClaimState* but) const;  // what claims want, but for one
  void count_lost(ClaimState& claim, Loss loss, uint32_t edges);
  upy::PortError apply(ClaimState& claim, const upy::PinConfig& config);
  upy::PortError set_up(uint32_t offset, LineSettings settings);
  upy::PortError refresh(uint32_t offset);
  void tell_places(uint32_t offset);
  void restore();
  upy::PortError find_again(uint32_t offset);
  LineState state_locked(uint32_t offset);
  void tell_change(const std::string& owner, uint32_t offset);
  bool collects_edges(const Line& line, const LineSettings& settings) const;
  bool debounced_here(const LineSettings& settings) const;
  void leave(uint32_t offset);
  std::string name_at(uint32_t offset);
  AtEnd at_end(uint32_t offset);

  void take_all_edges(uint32_t offset);
  bool take_edges(uint32_t offset);
  void debounce(uint32_t offset, const LineEdge& edge);
  int64_t settle(uint32_t offset, int64_t now_ns);
  void tell(Line& line, uint32_t offset, const LineEdge& edge);
  void tell(Line& line, ClaimState& claim, const LineEdge& edge);

  const std::unique_ptr<Chip> chip_;
  const std::string name_;
  const AtEndRules rules_;
  Alarms& alarms_;
  Observer& observer_;
  std::mutex mutex_;  // guards what follows, and the chip
  std::map<uint32_t, Line> lines_;
  std::map<Claim, ClaimState> claims_;
  std::map<Monitor, MonitorState> monitors_;
  Claim last_claim_ = 0;
  Monitor last_monitor_ = 0;
  uint32_t presence_ = 0;  // as the chip told last
};

}  // namespace upyd
