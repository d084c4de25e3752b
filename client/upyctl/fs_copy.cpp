#include "upyctl/fs_copy.h"

#include <filesystem>
#include <map>
#include <optional>
#include <stdexcept>
#include <utility>

#include "upyctl/board_side.h"
#include "upyctl/files.h"
#include "upyctl/local_side.h"
#include "upyctl/progress.h"
#include "upyd/escaped_text.h"

namespace upyctl {
namespace {

using Kind = FileSide::Kind;

/// A path, and whose.
struct Place {
  FileSide& side;
  std::string path;

  FileSide::Status look() const { return side.look(path); }
  std::string shown() const { return side.shown(path); }
};

/// A file or directory that is to be copied, and what it becomes.
struct Item {
  Place from, to;
  FileSide::Status status;
};

/// What becomes something in the destination.
struct Origin {
  Origin(std::string path, bool directory) : shown(std::move(path)), is_directory(directory) {}
  std::string shown;
  bool is_directory;
};

/// All is looked at before anything is copied: so a mistake in the command line changes nothing, and the progress is
/// known from the first byte on.
class Copy {
 public:
  Copy(Session& session, const CopyOptions& options)
      : terminal_(session.terminal()), options_(options), board_(session.upyd(), options.board) {}

  int run() {
    std::vector<std::string> sources = options_.paths;
    const Place destination = place(sources.back());
    sources.pop_back();
    const Kind kind = destination.look().kind;
    if (kind != Kind::Directory && sources.size() > 1) throw no_directory(destination);
    for (const std::string& source : sources) {
      const Place from = place(source);
      if (&from.side == &local_ && &destination.side == &local_) throw both_local(from, destination);
      plan(from, destination, kind);
    }
    Progress progress(terminal_, total_);
    for (const Item& item : items_) copy(item, progress);
    return kSuccess;
  }

 private:
  Place place(const std::string& path) {
    if (path.starts_with(':')) return {board_, path.substr(1)};
    return {local_, path};
  }

  void plan(const Place& from, const Place& destination, Kind kind) {
    const FileSide::Status status = from.look();
    if (status.kind == Kind::Absent) throw std::invalid_argument("there is no '" + from.shown() + "'");
    if (status.kind == Kind::Directory && !options_.recursive) {
      throw std::invalid_argument("'" + from.shown() + "' is a directory; copy it with -r");
    }
    if (kind != Kind::Directory && status.kind != Kind::Directory && destination.path.ends_with('/')) {
      throw no_directory(destination);
    }
    if (status.kind == Kind::Directory && (kind == Kind::File || kind == Kind::Other)) throw no_directory(destination);
    const Place to =
        kind == Kind::Directory ? Place{destination.side, join(destination.path, name_of(from))} : destination;
    if (status.kind == Kind::Directory) {
      plan_tree(from, to, status);
    } else {
      add(from, to, status);
    }
  }

  static std::invalid_argument both_local(const Place& from, const Place& to) {
    return std::invalid_argument("'" + from.shown() + "' and '" + to.shown() +
                                 "' are both of this machine; write ':' before the one that is the board's");
  }

  static std::invalid_argument same_name(const std::string& one, const Place& other, const Place& to) {
    return std::invalid_argument("'" + one + "' and '" + other.shown() + "' would both become '" + to.shown() + "'");
  }

  static std::invalid_argument no_directory(const Place& place) {
    return std::invalid_argument("'" + place.shown() + "' is no directory that is there");
  }

  std::string name_of(const Place& from) {
    const std::string name = from.path == kStandardStream ? "" : last_name(from.path);
    if (!name.empty()) return name;
    if (from.look().kind == Kind::Directory) return "";  // all that is in it goes into the destination
    throw std::invalid_argument("say how '" + from.shown() + "' is to be called");
  }

  /// Links to directories are not followed, which could go on for ever.
  void plan_tree(const Place& from, const Place& to, const FileSide::Status& status) {
    std::vector<Item> directories{{from, to, status}};
    while (!directories.empty()) {
      const Item here = directories.back();
      directories.pop_back();
      add(here.from, here.to, here.status);
      for (const std::string& name : here.from.side.list(here.from.path)) {
        const Place inner{here.from.side, join(here.from.path, name)};
        const Place target{here.to.side, join(here.to.path, name)};
        const FileSide::Status inside = inner.look();
        if (inside.kind == Kind::File) {
          add(inner, target, inside);
        } else if (inside.kind == Kind::Directory && !is_link(inner)) {
          directories.push_back({inner, target, inside});
        } else {
          terminal_.note("'" + inner.shown() + "' is neither a file nor a directory and was left out");
        }
      }
    }
  }

  bool is_link(const Place& place) const { return &place.side == &local_ && std::filesystem::is_symlink(place.path); }

  void add(const Place& from, const Place& to, const FileSide::Status& status) {
    to.side.check(to.path);
    const bool is_directory = status.kind == Kind::Directory;
    if (!is_directory) from.side.check_readable(from.path);
    const auto [other, is_first] = origins_.try_emplace(to.path, from.shown(), is_directory);
    if (!is_first && !(is_directory && other->second.is_directory)) throw same_name(other->second.shown, from, to);
    items_.push_back({from, to, status});
    total_ += status.size;
  }

  void copy(const Item& item, Progress& progress) {
    if (item.status.kind == Kind::Directory) {
      if (!item.to.path.empty()) item.to.side.make_directory(item.to.path);
      return;
    }
    const bool is_same = !options_.force && is_up_to_date(item);
    if (options_.verbose) {
      terminal_.out(upyd::escaped(item.from.shown()) + " -> " + upyd::escaped(item.to.shown()) +
                    (is_same ? " (up to date)\n" : "\n"));
    }
    if (is_same) return progress.add(item.from.shown(), item.status.size);
    const auto source = item.from.side.read(item.from.path);
    std::string_view piece = source->next();  // before anything is opened for writing
    const auto sink = item.to.side.write(item.to.path);
    for (; !piece.empty(); piece = source->next()) {
      sink->write(piece);
      progress.add(item.from.shown(), piece.size());
    }
    sink->complete();
  }

  /// Flash does not like to be written.
  static bool is_up_to_date(const Item& item) {
    const FileSide::Status there = item.to.look();
    return item.status.kind == Kind::File && there.kind == Kind::File && there.size == item.status.size &&
           item.to.side.hash(item.to.path) == item.from.side.hash(item.from.path);
  }

  const Terminal& terminal_;
  const CopyOptions& options_;
  LocalSide local_;
  BoardSide board_;
  std::vector<Item> items_;
  std::map<std::string, Origin> origins_;  // by the path that each becomes
  uint64_t total_ = 0;
};

}  // namespace

int copy_files(Session& session, const CopyOptions& options) { return Copy(session, options).run(); }

}  // namespace upyctl
