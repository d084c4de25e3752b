#include "files/path_walk.h"

#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>
#include <vector>

/// Each step opens one name in a directory that is open already, without following a link: so whatever others rename or
/// replace meanwhile, it leads to what is in that directory. A symbolic link's text takes the place of its name. `..`
/// goes back to the directory that the walk came from, never through the file system, and at the root it stays.
namespace upyd {
namespace {

constexpr int kMostLinks = 40;  // as Linux has it
constexpr size_t kMostDirectories = 128;

class PathWalk {
 public:
  PathWalk(int root, std::string path, Links links) : root_(root), policy_(links), rest_(std::move(path)) {}
  ~PathWalk() { go_to_root(); }
  PathWalk(const PathWalk&) = delete;
  PathWalk& operator=(const PathWalk&) = delete;

  int open(int flags, mode_t mode) {
    if (rest_.size() >= PATH_MAX) return fail(ENAMETOOLONG);
    if (rest_.empty()) return fail(ENOENT);
    if (rest_.ends_with('/')) {  // names a directory
      if (flags & O_CREAT) return fail(EISDIR);
      rest_ += '.';
    }
    opens_link_ = policy_ == Links::Refuse && (flags & O_PATH) && (flags & O_NOFOLLOW) && !(flags & O_DIRECTORY);
    flags |= O_NOFOLLOW | O_CLOEXEC;
    while (true) {
      const std::string name = take_name();
      const bool is_last = rest_.empty();
      if (name.empty() || name == "." || name == "..") {
        if (name == "..") go_back();
        if (is_last) return openat(here(), ".", flags, mode);
        continue;
      }
      const Step step = take(name, is_last, flags, mode);
      if (step.is_over) return step.opened;
    }
  }

 private:
  struct Step {
    bool is_over;
    int opened = -1;
  };

  static int fail(int error) {
    errno = error;
    return -1;
  }

  int here() const { return directories_.empty() ? root_ : directories_.back(); }

  std::string take_name() {
    const size_t begin = std::min(rest_.find_first_not_of('/'), rest_.size());
    const size_t end = std::min(rest_.find('/', begin), rest_.size());
    std::string name = rest_.substr(begin, end - begin);
    rest_.erase(0, end);
    return name;
  }

  void go_back() {
    if (directories_.empty()) return;
    close(directories_.back());
    directories_.pop_back();
  }

  void go_to_root() {
    while (!directories_.empty()) go_back();
  }

  Step take(const std::string& name, bool is_last, int flags, mode_t mode) {
    const int found = openat(here(), name.c_str(), O_PATH | O_NOFOLLOW | O_CLOEXEC);
    if (found < 0 && errno == ENOENT && is_last && (flags & O_CREAT)) return open_last(name, flags, mode);
    struct stat status {};
    if (found < 0 || fstat(found, &status) < 0) return {.is_over = true};
    if (S_ISLNK(status.st_mode) && is_last && opens_link_) return {true, found};
    if (S_ISLNK(status.st_mode)) {
      const bool followed = follow(found);
      close(found);
      return {.is_over = !followed};
    }
    if (is_last) {
      close(found);
      return open_last(name, flags, mode);
    }
    return enter(found, status.st_mode);
  }

  /// What was there may have become a link meanwhile; then it is looked at again.
  Step open_last(const std::string& name, int flags, mode_t mode) {
    const int opened = openat(here(), name.c_str(), flags, mode);
    struct stat status {};
    const bool is_link = opened < 0 ? errno == ELOOP : fstat(opened, &status) == 0 && S_ISLNK(status.st_mode);
    if (!is_link) return {true, opened};
    if (opened >= 0) close(opened);
    if (policy_ == Links::Refuse) return {true, fail(ELOOP)};
    rest_ = name;
    return count_link() ? Step{false} : Step{true};
  }

  Step enter(int directory, mode_t kind) {
    if (S_ISDIR(kind) && directories_.size() < kMostDirectories) {
      directories_.push_back(directory);
      return {.is_over = false};
    }
    close(directory);
    return {true, fail(S_ISDIR(kind) ? ENAMETOOLONG : ENOTDIR)};
  }

  bool follow(int link) {
    if (policy_ == Links::Refuse) return fail(ELOOP) == 0;
    char target[PATH_MAX];
    const ssize_t size = readlinkat(link, "", target, sizeof target);
    if (size < 0 || !count_link()) return false;
    if (size == 0 || static_cast<size_t>(size) + rest_.size() >= PATH_MAX)
      return fail(size ? ENAMETOOLONG : ENOENT) == 0;
    std::string path(target, static_cast<size_t>(size));
    if (path.starts_with('/')) go_to_root();
    if (rest_.empty() && path.ends_with('/')) path += '.';
    rest_ = path + rest_;
    return true;
  }

  bool count_link() { return ++links_ <= kMostLinks || fail(ELOOP) == 0; }

  const int root_;
  const Links policy_;
  std::string rest_;  // still to be walked
  std::vector<int> directories_;
  int links_ = 0;
  bool opens_link_ = false;  // at the end of the path
};

}  // namespace

int open_by_walk(int root, const std::string& path, int flags, mode_t mode, Links links) {
  return PathWalk(root, path, links).open(flags, mode);
}

}  // namespace upyd
