#include "system/crash_report.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <csignal>
#include <cstring>
#include <ctime>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string_view>

#include "system/lost_pages.h"
#include "system/small_file.h"
#include "upy/instance.h"

namespace upyd {
namespace {

constexpr size_t kLongestName = 64;
constexpr size_t kMostNotes = 100;
constexpr size_t kLongestNotes = 1u << 20;

/// What a thread is at. A handler of signals finds nothing but what belongs to its thread or to the whole process.
struct AtWork {
  char instance[kLongestName] = "";
  volatile uint64_t run_id = 0;
  const upy::Instance* volatile interpreter = nullptr;
};
thread_local AtWork at_work;

/// Of the process, for the handler alone.
int notes_file = -1;
std::atomic_flag is_reporting = ATOMIC_FLAG_INIT;

struct FatalSignal {
  int number;
  const char* name;
};
constexpr FatalSignal kFatal[] = {
    {SIGSEGV, "SIGSEGV"}, {SIGBUS, "SIGBUS"}, {SIGILL, "SIGILL"}, {SIGFPE, "SIGFPE"}, {SIGABRT, "SIGABRT"}};

const char* name_of(int signal) {
  for (const FatalSignal& fatal : kFatal) {
    if (fatal.number == signal) return fatal.name;
  }
  return "?";
}

/// A text that is put together without allocating, and cut where it has no room.
class Text {
 public:
  Text& operator<<(std::string_view text) {
    size_ += text.copy(text_.data() + size_, text_.size() - size_);
    return *this;
  }
  Text& operator<<(uint64_t number) {
    char digits[20];
    size_t first = sizeof digits;
    do digits[--first] = static_cast<char>('0' + number % 10);
    while (number /= 10);
    return *this << std::string_view(digits + first, sizeof digits - first);
  }
  /// What others chose, on one line.
  Text& put_printable(std::string_view text) {
    for (const char c : text) *this << std::string_view(static_cast<unsigned char>(c) < 0x20 ? "?" : &c, 1);
    return *this;
  }
  void write_to(int descriptor) const {
    if (descriptor >= 0 && write(descriptor, text_.data(), size_) < 0) return;  // there is nobody left to be told
  }

 private:
  std::array<char, 512> text_;
  size_t size_ = 0;
};

void tell_thread(int signal) {
  char name[17] = "";
  prctl(PR_GET_NAME, name);
  (Text() << "upyd: " << name_of(signal) << " on the thread '" << std::string_view(name) << "'\n")
      .write_to(STDERR_FILENO);
}

/// The place comes last and by itself: where memory is in disorder, looking for it may be another fault, which ends the
/// process at once.
void tell_instance(int signal) {
  const std::string_view instance = at_work.instance;
  const uint64_t run_id = at_work.run_id;
  (Text() << "upyd: " << name_of(signal) << " on the thread of instance '" << instance << "', run " << run_id << "\n")
      .write_to(STDERR_FILENO);
  (Text() << "\n"
          << static_cast<uint64_t>(std::time(nullptr)) << " " << name_of(signal) << " " << instance << " " << run_id)
      .write_to(notes_file);
  const upy::Instance* const interpreter = at_work.interpreter;
  const upy::SourcePlace place = interpreter ? interpreter->place() : upy::SourcePlace{};
  if (place.file.empty()) return;
  const auto line = static_cast<uint64_t>(place.line);
  (Text() << " " << line << " ").put_printable(place.file).write_to(notes_file);
  Text told;
  told << "upyd: it was at line " << line << " of ";
  told.put_printable(place.file) << "\n";
  told.write_to(STDERR_FILENO);
}

/// On the stack for signals where the thread has one. The signal that is raised anew comes when this returns.
void report(int signal) {
  if (is_reporting.test_and_set()) {
    for (;;) pause();  // another thread reports, and ends the process
  }
  if (at_work.instance[0]) {
    tell_instance(signal);
  } else {
    tell_thread(signal);
  }
  std::signal(signal, SIG_DFL);
  raise(signal);
}

/// Sanitizers report crashes themselves, with more than this would tell.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif

std::string path_in(const std::string& state) { return state + "/crash"; }

std::string text_of(const CrashNote& note) {
  std::ostringstream text;
  text << note.time_s << ' ' << note.signal << ' ' << note.instance << ' ' << note.run_id;
  if (!note.file.empty()) text << ' ' << note.line << ' ' << note.file;
  return text.str();
}

/// A crash that comes just then may lose what is known of others.
void rewrite(const std::string& state, const std::vector<CrashNote>& notes) {
  std::ofstream file(path_in(state), std::ios::trunc);
  for (const CrashNote& note : notes) file << text_of(note) << '\n';
}

void keep_latest(const std::string& state) {
  std::vector<CrashNote> notes = read_crashes(state);
  if (notes.size() <= kMostNotes) return;
  notes.erase(notes.begin(), notes.end() - kMostNotes);
  rewrite(state, notes);
}

}  // namespace

void this_thread_is_of(const std::string& instance) {
  at_work.instance[instance.copy(at_work.instance, kLongestName - 1)] = '\0';
}

void this_thread_runs(uint64_t run_id) { at_work.run_id = run_id; }

void this_thread_interprets(const upy::Instance* interpreter) { at_work.interpreter = interpreter; }

void report_crashes(const std::string& state) {
  if (!state.empty()) {
    keep_latest(state);
    notes_file =
        open(path_in(state).c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
  }
  if (kSanitized) return;
  struct sigaction action {};
  action.sa_handler = report;
  action.sa_flags = SA_ONSTACK;
  for (const FatalSignal& fatal : kFatal) sigaddset(&action.sa_mask, fatal.number);
  for (const FatalSignal& fatal : kFatal) sigaction(fatal.number, &action, nullptr);
  survive_lost_pages();
}

std::vector<CrashNote> read_crashes(const std::string& state) {
  std::vector<CrashNote> notes;
  std::string text;
  if (read_small_file(AT_FDCWD, path_in(state), LastLink::Refuse, kLongestNotes, text)) return notes;
  std::istringstream file(text);
  for (std::string line; std::getline(file, line);) {
    std::istringstream fields(line);
    CrashNote note;
    if (!(fields >> note.time_s >> note.signal >> note.instance >> note.run_id)) continue;
    if (fields >> note.line) std::getline(fields >> std::ws, note.file);
    notes.push_back(std::move(note));
  }
  return notes;
}

void forget_crashes(const std::string& state, const std::string& instance) {
  std::vector<CrashNote> notes = read_crashes(state);
  if (std::erase_if(notes, [&](const CrashNote& note) { return note.instance == instance; })) rewrite(state, notes);
}

}  // namespace upyd
