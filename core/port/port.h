#pragma once

#include <poll.h>
#include <sys/stat.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "port/memory.h"

/// What an instance needs from its host, as small interfaces. An instance calls them on its own thread only; what a
/// host calls back from other threads is the instance's mailbox (EventSink) and nothing else. No implementation may
/// throw. Errors are errno numbers with a text that says what to do; scripts see them as OSError(number, text).
namespace upy {

/// An error of a port: an errno number (0: none) and an explanation for the user, which may be empty.
struct PortError {
  int number = 0;
  std::string message;
  explicit operator bool() const { return number != 0; }
};

/// What an instance calls a source of events by: it gives no two the same.
using EventToken = uint64_t;

/// An event for an instance, from its host. Plain data: it is copied into the preallocated mailbox.
struct Event {
  enum class Kind : uint8_t { Edge, Timer };
  Kind kind;
  bool rising = false;       ///< Edge: direction
  EventToken token = 0;      ///< what the instance gave when it subscribed
  int64_t timestamp_ns = 0;  ///< CLOCK_MONOTONIC time at the source
};

/// The instance's mailbox as the host sees it.
class EventSink {
 public:
  /// Delivers an event and wakes the instance. Any thread; never blocks or allocates. False: the mailbox is full, the
  /// event is dropped and counted.
  virtual bool post(const Event& event) = 0;

 protected:
  ~EventSink() = default;
};

/// Time, and waiting.
class Clock {
 public:
  virtual ~Clock() = default;
  /// Nanoseconds of a clock that never goes back, CLOCK_MONOTONIC on a real host.
  virtual int64_t monotonic_ns() = 0;
  /// Nanoseconds since 1970-01-01 UTC.
  virtual int64_t realtime_ns() = 0;
  /// CPU time of the instance's thread in nanoseconds.
  virtual int64_t cpu_ns() = 0;
  /// Seconds to add to UTC for local time at that moment, in the time zone that `zone` names as the environment
  /// variable TZ does; in the host's own if it is empty.
  virtual int64_t utc_offset_s(int64_t realtime_s, std::string_view zone) = 0;
  /// Blocks until `notify` is called or the monotonic time is reached; kForever waits without end. A notification
  /// that came before the call ends the wait at once. May return early for no reason.
  /// With `descriptors`, what poll(2) reports of them ends the wait too; negative ones are passed over. Which of them
  /// it was is not told.
  virtual void wait_until(int64_t monotonic_ns, std::span<const pollfd> descriptors = {}) = 0;
  /// Ends the current or the next wait_until. Any thread.
  virtual void notify() = 0;

  static constexpr int64_t kForever = INT64_MAX;
};

/// The standard streams.
class Console {
 public:
  enum class Stream { Out, Err };
  /// What a read of standard input would find: nothing yet, bytes, or the end.
  enum class Input : uint8_t { Nothing, Bytes, End };
  virtual ~Console() = default;
  /// Takes all of `text`, whose lines end with "\n"; never blocks for longer than the host allows a script to block.
  virtual void write(Stream stream, std::string_view text) = 0;
  /// The same of bytes that are to arrive as they are, while a host may give lines of text the ends that a terminal
  /// wants ("\r\n"): those of binary streams and of the prompt.
  virtual void write_bytes(Stream stream, std::string_view bytes) { write(stream, bytes); }
  /// Reads up to `size` bytes of standard input without blocking. Returns their number, 0 at its end, -1 when there is
  /// nothing yet.
  virtual ptrdiff_t read(char* buffer, size_t size) = 0;
  virtual Input input() = 0;
  /// What to wait for where there is no input yet: a descriptor that poll(2) reports as readable when there is. -1: the
  /// host ends the clock's wait then.
  virtual int input_descriptor() = 0;
  /// Whether a person types keys that nobody shows and edits on the way, as at a terminal in raw mode: then input()
  /// does that.
  virtual bool gives_keys() { return false; }
  /// How wide the terminal at the other end is, in columns; 0: not known.
  virtual size_t columns() { return 0; }
};

/// An open file. Closed by its destructor if it is not already.
class File {
 public:
  virtual ~File() = default;
  virtual PortError read(char* buffer, size_t size, size_t& count) = 0;  ///< count 0: end of file
  virtual PortError write(const char* data, size_t size, size_t& count) = 0;
  virtual PortError seek(int64_t offset, int whence, int64_t& position) = 0;  ///< whence as with lseek
  virtual PortError flush() = 0;
  virtual PortError close() = 0;
  /// Which of the events of poll(2) are there now, errors included; never blocks.
  virtual int poll(int events) = 0;
  virtual int descriptor() const = 0;  ///< the system's file descriptor, -1 if there is none
};

/// What is known about a file, as stat(2) tells it; times in seconds since 1970.
struct FileStatus {
  uint32_t mode = 0;  ///< S_IFMT bits and permissions
  uint64_t inode = 0, device = 0, links = 0;
  uint32_t owner = 0, group = 0;
  int64_t size = 0;  ///< in bytes
  int64_t accessed_s = 0, modified_s = 0, changed_s = 0;
};

/// What is known about a file system, as statvfs(3) tells it; the blocks are `fragment_size` bytes long.
struct FileSystemStatus {
  uint64_t block_size = 0, fragment_size = 0;
  uint64_t blocks = 0, free_blocks = 0, available_blocks = 0;
  uint64_t files = 0, free_files = 0, available_files = 0;
  uint64_t flags = 0, name_max = 0;
};

/// A name in a directory.
struct DirectoryEntry {
  std::string name;
  uint32_t kind = 0;  ///< S_IFMT bits; 0 if the file system does not tell
  uint64_t inode = 0;
};

/// An open directory. Closed by its destructor.
class Directory {
 public:
  virtual ~Directory() = default;
  /// The next entry, in no particular order and without "." and ".."; an empty name at the end.
  virtual PortError next(DirectoryEntry& entry) = 0;
};

/// The file system as far as an instance may see it. Paths are relative to a current directory of the instance's own;
/// the empty path is that directory.
class Files {
 public:
  enum class Kind { Absent, File, Directory };
  virtual ~Files() = default;
  virtual PortError stat(const std::string& path, FileStatus& status) = 0;
  virtual PortError stat_file_system(const std::string& path, FileSystemStatus& status) = 0;
  /// `flags` as with open(2): O_RDONLY, O_WRONLY, O_RDWR, with O_CREAT, O_TRUNC, O_APPEND.
  virtual PortError open(const std::string& path, int flags, std::unique_ptr<File>& file) = 0;
  virtual PortError open_directory(const std::string& path, std::unique_ptr<Directory>& directory) = 0;
  virtual PortError make_directory(const std::string& path) = 0;
  virtual PortError remove_directory(const std::string& path) = 0;  ///< which must be empty
  virtual PortError remove(const std::string& path) = 0;            ///< anything but a directory
  /// Replaces a file that has the new name already.
  virtual PortError rename(const std::string& from, const std::string& to) = 0;
  virtual PortError change_directory(const std::string& path) = 0;
  virtual PortError current_directory(std::string& path) = 0;  ///< ENOENT if it was removed

  /// What there is under a path.
  Kind kind(const std::string& path) {
    FileStatus status;
    if (stat(path, status)) return Kind::Absent;
    return S_ISDIR(status.mode) ? Kind::Directory : Kind::File;
  }
};

/// How a GPIO line is to be used.
struct PinConfig {
  enum class Mode : uint8_t { Unchanged, In, Out, OpenDrain };
  enum class Pull : uint8_t { Unchanged, None, Up, Down };
  Mode mode = Mode::Unchanged;
  Pull pull = Pull::Unchanged;
  int8_t initial = -1;                  ///< Out and OpenDrain: level to start with, -1 keeps the present one
  std::optional<bool> active_low;       ///< unset: unchanged, at first false
  std::optional<uint32_t> debounce_us;  ///< unset: unchanged, at first 0, which is off
};

/// GPIO lines. A handle is what `request` gave; it stays valid until `release`.
class Pins {
 public:
  using Handle = uint64_t;
  static constexpr int kRising = 1, kFalling = 2;
  virtual ~Pins() = default;
  /// What a script calls a line: its offset on the default chip, or as text its name or its place ("gpiochip0:17").
  using Id = std::variant<int64_t, std::string>;
  virtual PortError request(const Id& id, const PinConfig& config, Handle& handle) = 0;
  virtual PortError configure(Handle handle, const PinConfig& config) = 0;
  virtual PortError read(Handle handle, int& level) = 0;
  /// Of a line that is no output, keeps the level for the time when it becomes one.
  virtual PortError write(Handle handle, int level) = 0;
  /// Reports edges (kRising | kFalling) as Event::Kind::Edge with `token`; replaces an earlier watch; 0 ends it.
  virtual PortError watch(Handle handle, int edges, EventToken token, EventSink& sink) = 0;
  /// Tells the host that the instance had no room for edges that it got.
  virtual void count_dropped(Handle handle, uint32_t edges) = 0;
  /// The edges that its watches lost so far: in the kernel, to a full mailbox, and by count_dropped.
  virtual uint64_t dropped(Handle handle) = 0;
  virtual void release(Handle handle) = 0;
  virtual std::string name(Handle handle) = 0;  ///< e.g. "gpiochip0:17"
};

/// Timers that post Event::Kind::Timer.
class Timers {
 public:
  virtual ~Timers() = default;
  /// Arms the timer `token`: first expiry at `first_ns` of the monotonic clock, then every `period_ns` on that grid; 0:
  /// once. An expiry posts an event unless an earlier one waits to be taken. Replaces an armed one.
  virtual PortError arm(EventToken token, int64_t first_ns, int64_t period_ns, EventSink& sink) = 0;
  /// The number of expiries since the last call; 0 if it was disarmed. To be called for each event.
  virtual uint64_t take(EventToken token) = 0;
  virtual void disarm(EventToken token) = 0;
};

/// The watchdog of an instance: when it is not fed in time the host kills what the instance is at and makes it anew.
class Watchdog {
 public:
  virtual ~Watchdog() = default;
  /// Starts it: it is to be fed after `timeout_ns` at the latest, for the first time from now on. It can't be stopped;
  /// a second start is told as EBUSY if it is for another time.
  virtual PortError start(int64_t timeout_ns) = 0;
  /// Does nothing before it was started.
  virtual void feed() = 0;
};

class Instance;

/// The host itself.
class Host {
 public:
  virtual ~Host() = default;
  /// Called on the instance's thread, between opcodes, sleeping or idle, after Instance::request_safepoint.
  virtual void at_safepoint(Instance& instance) = 0;
  /// A callback ended with an exception of that class; `report` is what was printed of it. On the instance's thread.
  virtual void callback_raised(std::string_view type, std::string_view report) = 0;
  /// A callback begins: of micropython.schedule, of an edge or of a timer. A hard handler may begin while another
  /// callback is at work. On the instance's thread.
  virtual void callback_begins() = 0;
  /// How a callback ended.
  enum class CallbackEnd : uint8_t {
    Done,    ///< by itself, or by an exception that `callback_raised` told
    Killed,  ///< a kill unwound it
  };
  /// The callback that began last has ended. On the instance's thread.
  virtual void callback_ended(CallbackEnd end) = 0;
  /// An event was lost to a full mailbox or a full queue of callbacks. On the thread of who posted it, with the locks
  /// that it holds, or on the instance's.
  virtual void event_lost() = 0;
};

/// The ports of one instance. All must outlive it; those that are pointers may be null.
struct Ports {
  Clock& clock;
  Console& console;
  Files& files;
  Pins* pins = nullptr;
  Timers* timers = nullptr;
  Watchdog* watchdog = nullptr;
  Host* host = nullptr;
  Memory* heap_memory = nullptr;     ///< what the heap's is taken from; null: there is no end of it
  Memory* compile_memory = nullptr;  ///< the same of what compiling takes
};

}  // namespace upy
