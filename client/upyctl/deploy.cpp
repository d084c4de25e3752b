#include "upyctl/deploy.h"

#include <fmt/format.h>

#include <filesystem>
#include <map>
#include <stdexcept>

#include "upyctl/local_side.h"
#include "upyctl/progress.h"
#include "upyctl/text.h"
#include "upyctl/units.h"

namespace upyctl {
namespace {

using namespace upyd::v1;
using Kind = FileSide::Kind;

/// A file of the user, and where on the board it goes.
struct Item {
  std::string from, to;
};

/// What tools leave in the directories of a project, and is nothing to a board.
bool is_left_out(const std::string& name) { return name.starts_with('.') || name == "__pycache__"; }

/// All files are found before any is sent.
class Plan {
 public:
  explicit Plan(LocalSide& local) : local_(local) {}

  /// One directory is all that the board is to have; of several paths each keeps its name.
  void add(const std::vector<std::string>& paths) {
    for (const std::string& path : paths) {
      const FileSide::Status status = local_.look(path);
      if (status.kind == Kind::Absent) throw std::invalid_argument("there is no '" + path + "'");
      const bool is_root = status.kind == Kind::Directory && paths.size() == 1;
      add(path, is_root ? "" : last_name(path), status);
    }
    if (items_.empty()) throw std::invalid_argument("there are no files to deploy");
  }

  const std::vector<Item>& items() const { return items_; }
  uint64_t bytes() const { return bytes_; }

 private:
  void add(const std::string& from, const std::string& to, const FileSide::Status& status) {
    if (status.kind == Kind::Directory) return add_directory(from, to);
    if (status.kind != Kind::File || to.empty()) {
      throw std::invalid_argument("'" + from + "' is neither a file nor a directory");
    }
    const auto [other, is_new] = sources_.emplace(to, from);
    if (!is_new) {
      throw std::invalid_argument("'" + other->second + "' and '" + from + "' would both be '" + to +
                                  "' on the board; deploy a directory in which each has a name of its own");
    }
    items_.push_back({from, to});
    bytes_ += status.size;
  }

  /// Links to directories are not followed, which could go on for ever.
  void add_directory(const std::string& from, const std::string& to) {
    for (const std::string& name : local_.list(from)) {
      const std::string inner = join(from, name);
      const FileSide::Status status = local_.look(inner);
      const bool is_link = status.kind == Kind::Directory && std::filesystem::is_symlink(inner);
      if (is_left_out(name) || is_link) continue;
      add(inner, to.empty() ? name : join(to, name), status);
    }
  }

  LocalSide& local_;
  std::vector<Item> items_;
  std::map<std::string, std::string> sources_;  // by where they go
  uint64_t bytes_ = 0;
};

}  // namespace

int deploy(Session& session, const DeployOptions& options) {
  LocalSide local;
  Plan plan(local);
  plan.add(options.paths);
  DeployFilesRequest::Target target;
  target.set_instance(options.board);
  target.set_replace_all(options.clean);
  target.set_keep_down(options.keep_down);
  if (options.grace_ms) target.set_grace_ms(*options.grace_ms);
  Progress progress(session.terminal(), plan.bytes());
  upyclient::FileDeployer deployer = session.upyd().deploy_files(target);
  for (const Item& item : plan.items()) {
    const auto source = local.read(item.from);
    deployer.begin_file(item.to);
    for (std::string_view piece = source->next(); !piece.empty(); piece = source->next()) {
      deployer.write(piece);
      progress.add(item.from, piece.size());
    }
    deployer.end_file();
  }
  const DeployFilesResponse answer = deployer.complete();
  session.show(answer, fmt::format("{} {} of {} deployed on {}\n", answer.files(),
                                   answer.files() == 1 ? "file" : "files", size_text(answer.bytes()), options.board));
  return kSuccess;
}

}  // namespace upyctl
