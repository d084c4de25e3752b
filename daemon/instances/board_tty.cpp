#include "instances/board_tty.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>
#include <utility>

#include "system/descriptors.h"
#include "system/no_memory.h"
#include "system/own_directory.h"

namespace upyd {
namespace {

using grpc::StatusCode;

/// So much is written before others have their turn on the reactor.
constexpr int kPiecesInARow = 16;

std::string name_in(const std::string& path) { return path.substr(path.rfind('/') + 1); }

OwnedDescriptor directory_of(const std::string& path) { return open_own_directory(path.substr(0, path.rfind('/'))); }

/// Whether there is something that is no link, and so is somebody's.
bool is_taken(int directory, const std::string& name) {
  struct stat status {};
  return fstatat(directory, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0 && !S_ISLNK(status.st_mode);
}

/// Replaces a link that is there, be it of a daemon that was killed. False: as errno says.
bool make_link(const std::string& path, const std::string& target) {
  const OwnedDescriptor directory = directory_of(path);
  if (!directory) return false;
  const int place = directory.number();
  const std::string name = name_in(path), aside = "." + name;  // no instance has such a name
  unlinkat(place, aside.c_str(), 0);
  if (symlinkat(target.c_str(), place, aside.c_str()) != 0) return false;
  const bool is_taken_now = is_taken(place, name);
  if (!is_taken_now && renameat(place, aside.c_str(), place, name.c_str()) == 0) return true;
  const int error = is_taken_now ? EEXIST : errno;
  unlinkat(place, aside.c_str(), 0);
  errno = error;
  return false;
}

void remove_link(const std::string& path) {
  const OwnedDescriptor directory = directory_of(path);
  if (directory && !is_taken(directory.number(), name_in(path))) unlinkat(directory.number(), name_in(path).c_str(), 0);
}

/// As a person or a program sees it among the output.
std::string note(const std::string& text) { return "\r\nupyd: " + text + "\r\n"; }

}  // namespace

BoardTty::BoardTty(const Parts& parts, std::string link, const TerminalAccess& access,
                   std::shared_ptr<InstanceHost> host)
    : parts_(parts), link_path_(std::move(link)), access_(access), host_(std::move(host)) {}

grpc::Status BoardTty::open() {
  upy::PortError error;
  auto terminal = PseudoTerminal::make(access_, error);
  if (error) {
    return {error.number == EPERM ? StatusCode::PERMISSION_DENIED : StatusCode::RESOURCE_EXHAUSTED, error.message};
  }
  if (is_kept_back(terminal->descriptor(), DescriptorUse::Client)) {
    return {StatusCode::RESOURCE_EXHAUSTED, kNoDescriptorLeft};
  }
  TerminalLine::Owner& owner = *this;
  const auto line = std::make_shared<TerminalLine>(parts_.reactor, parts_.watch, *std::move(terminal), owner);
  const auto old = std::exchange(line_, line);
  auto status = publish();
  if (!status.ok()) line_ = old;
  return status;
}

/// Makes the line known, and the link to it.
grpc::Status BoardTty::publish() {
  if (!line_->begin()) {
    return {StatusCode::RESOURCE_EXHAUSTED,
            std::string("cannot watch terminals (fs.inotify in sysctl has the limits): ") + std::strerror(errno)};
  }
  if (make_link(link_path_, line_->path())) return grpc::Status::OK;
  const std::string reason = std::strerror(errno);
  line_->close();
  return {StatusCode::FAILED_PRECONDITION,
          "cannot make " + link_path_ + ": " + reason +
              "; see tty_dir in upyd's config, a directory that others may not write to"};
}

void BoardTty::close() {
  remove_link(link_path_);
  post([self = shared_from_this()] { self->end(); });
}

void BoardTty::hand_over(const TerminalAccess& access) {
  post([self = shared_from_this(), access] { self->renew(access); });
}

void BoardTty::post(std::function<void()> act) {
  for (;;) {
    try {
      return parts_.reactor.post(act);
    } catch (const std::bad_alloc&) {
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
  }
}

/// Where there is no other terminal there is none: the old one is not for who had it.
void BoardTty::renew(const TerminalAccess& access) {
  access_ = access;
  const auto old = line_;
  if (!old) return;
  if (const auto link = std::exchange(link_, nullptr)) host_->close_console(*link);
  output_.clear();
  if (!guarded([this] { return open(); }).ok()) line_.reset();
  old->close();
}

void BoardTty::end() {
  if (line_) line_->close();
  line_.reset();
  link_.reset();
  host_.reset();
}

// ---- the console ----

void BoardTty::take_console() {
  std::shared_ptr<ConsoleLink> link;
  const auto status = guarded([&] {
    return host_->open_console({.on_readable = later(&BoardTty::pump),
                                .on_room = later(&BoardTty::read_on),
                                .on_end = later(&BoardTty::lose_console),
                                .use = ConsoleLink::Use::Prompt,
                                .holder = ConsoleLink::Holder::Tty,
                                .name = "whoever has opened " + link_path_},
                               line_->columns(), link);
  });
  link_ = link;
  if (!link_) output_ = note(status.error_message());
  pump();
}

void BoardTty::lose_console() {
  link_.reset();
  read_on();
}

/// Who finds the console free finds nothing in the terminal that the one before has left.
void BoardTty::hung_up() {
  const auto old = line_;
  const bool is_as_new = old->renew();
  if (const auto link = std::exchange(link_, nullptr)) host_->close_console(*link);
  output_.clear();
  if (is_as_new) return old->look();
  if (guarded([this] { return open(); }).ok()) old->close();
}

bool BoardTty::typed(std::string_view bytes) {
  if (!link_) take_console();
  if (!link_) return true;
  link_->set_columns(line_->columns());
  bool has_room = true;
  guarded([&] {
    has_room = host_->type(*link_, bytes);
    return grpc::Status::OK;
  });
  return has_room;
}

void BoardTty::read_on() {
  if (line_) line_->read_on();
}

void BoardTty::pump() {
  for (int piece = 0; piece < kPiecesInARow; ++piece) {
    if (!line_ || (output_.empty() && !take_output())) return;
    line_->write(output_);
    if (!output_.empty()) return;  // until there is room
  }
  parts_.reactor.post(later(&BoardTty::pump));
}

/// False: there is none.
bool BoardTty::take_output() {
  auto piece = link_ ? link_->output.take() : std::nullopt;
  if (!piece) return false;
  output_ = piece->dropped ? note(std::to_string(piece->dropped) + " bytes of output were lost here")
                           : std::move(piece->data);
  return true;
}

std::function<void()> BoardTty::later(void (BoardTty::*member)()) {
  return [&reactor = parts_.reactor, weak = weak_from_this(), member] {
    reactor.post([weak, member] {
      if (const auto self = weak.lock()) (self.get()->*member)();
    });
  };
}

}  // namespace upyd
