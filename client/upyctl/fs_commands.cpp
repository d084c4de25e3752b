#include <fmt/format.h>

#include <memory>

#include "upyctl/board_side.h"
#include "upyctl/commands.h"
#include "upyctl/files.h"
#include "upyctl/fs_copy.h"
#include "upyctl/table.h"
#include "upyctl/units.h"
#include "upyd/escaped_text.h"

namespace upyctl {
namespace {

using namespace upyd::v1;

/// What the commands take.
struct FsOptions {
  std::string board;
  std::vector<std::string> paths;
  bool recursive = false, force = false, parents = false, sizes = false;
};

/// A path of the board, which may begin with a colon, as cp wants it.
std::string board_path(const std::string& path) { return path.starts_with(':') ? path.substr(1) : path; }

/// Calls `act` with each of the paths. One that fails does not save the others.
template <typename Act>
int each_path(Session& session, const FsOptions& options, Act act) {
  int status = kSuccess;
  for (const std::string& path : options.paths) {
    try {
      act(board_path(path));
    } catch (const upyclient::Error& error) {
      if (error.code() == grpc::UNAVAILABLE) throw;
      session.terminal().note(error.what());
      status = kFailure;
    }
  }
  return status;
}

bool is_directory(const FileInfo& info) { return info.kind() == FileInfo::KIND_DIRECTORY; }

// ---- ls, tree ----

std::string listing_text(const ListFilesResponse& list) {
  std::string text;
  for (const FileInfo& info : list.files()) {
    text += fmt::format("{:12} {}{}\n", info.size(), upyd::escaped(info.name()), is_directory(info) ? "/" : "");
  }
  return text;
}

int ls(Session& session, FsOptions options) {
  if (options.paths.empty()) options.paths = {""};
  const bool has_headings = options.paths.size() > 1 && session.format() == Format::Text;
  return each_path(session, options, [&](const std::string& path) {
    const ListFilesResponse list = list_files(session.upyd(), options.board, path);
    if (has_headings) session.terminal().out(':' + path + ":\n");
    session.show(list, listing_text(list));
  });
}

/// A directory whose entries are being drawn.
struct Branch {
  std::string path, indent;
  ListFilesResponse list;
  int next = 0;
};

/// The whole tree below a directory, however deep.
void draw_tree(Session& session, const FsOptions& options, const std::string& top) {
  session.terminal().out(':' + (top.empty() ? "/" : top) + '\n');
  std::vector<Branch> branches;
  branches.push_back({top, "", list_files(session.upyd(), options.board, top)});
  while (!branches.empty()) {
    Branch& branch = branches.back();
    if (branch.next == branch.list.files_size()) {
      branches.pop_back();
      continue;
    }
    const FileInfo& info = branch.list.files(branch.next++);
    const bool is_last = branch.next == branch.list.files_size();
    const std::string size = options.sizes ? fmt::format("[{:>9}] ", size_text(info.size())) : "";
    session.terminal().out(branch.indent + (is_last ? "└── " : "├── ") + size + upyd::escaped(info.name()) + '\n');
    if (!is_directory(info)) continue;
    const std::string path = join(branch.path, info.name());
    branches.push_back(
        {path, branch.indent + (is_last ? "    " : "│   "), list_files(session.upyd(), options.board, path)});
  }
}

int tree(Session& session, FsOptions options) {
  if (options.paths.empty()) options.paths = {""};
  return each_path(session, options, [&](const std::string& path) { draw_tree(session, options, path); });
}

// ---- looking into files ----

int cat(Session& session, const FsOptions& options) {
  return each_path(session, options, [&](const std::string& path) {
    auto stream = session.upyd().read_file(about<ReadFileRequest>(options.board, path));
    for (ReadFileResponse piece; stream.read(piece);) session.terminal().out(piece.data());
  });
}

int sha256sum(Session& session, const FsOptions& options) {
  return each_path(session, options, [&](const std::string& path) {
    const HashFileResponse answer = session.upyd().hash_file(about<HashFileRequest>(options.board, path));
    std::string text;
    for (const char byte : answer.sha256()) text += fmt::format("{:02x}", static_cast<uint8_t>(byte));
    session.show(answer, text + "  " + upyd::escaped(path) + '\n');
  });
}

int df(Session& session, const FsOptions& options) {
  Table table({"MOUNT", "SIZE", "USED", "AVAIL", "USE%", "FILES", "OF", "ACCESS"});
  std::vector<DiskUsage> usages{session.upyd().get_disk_usage(about<GetDiskUsageRequest>(options.board, "/"))};
  const ListFilesResponse root = list_files(session.upyd(), options.board, "/");
  for (const FileInfo& info : root.files()) {
    if (!is_directory(info)) continue;
    const std::string path = '/' + info.name();
    DiskUsage usage = session.upyd().get_disk_usage(about<GetDiskUsageRequest>(options.board, path));
    if (usage.mounted_at() == path) usages.push_back(std::move(usage));
  }
  for (const DiskUsage& usage : usages) {
    if (session.format() == Format::Json) session.terminal().json_line(usage);
    const uint64_t total = usage.bytes_total(), used = usage.bytes_used();
    table.add({usage.mounted_at(), size_text(total), size_text(used), size_text(total - std::min(used, total)),
               total == 0 ? "" : fmt::format("{}%", (used * 100 + total - 1) / total),
               std::to_string(usage.files_used()), std::to_string(usage.files_total()),
               usage.read_only() ? "read" : "write"});
  }
  if (session.format() == Format::Text) session.terminal().out(table.text());
  return kSuccess;
}

// ---- changing ----

int rm(Session& session, const FsOptions& options) {
  return each_path(session, options, [&](const std::string& path) {
    auto request = about<RemoveFileRequest>(options.board, path);
    request.set_recursive(options.recursive);
    try {
      session.upyd().remove_file(request);
    } catch (const upyclient::Error& error) {
      if (!options.force || error.code() != grpc::NOT_FOUND) throw;
    }
  });
}

int mkdir(Session& session, const FsOptions& options) {
  return each_path(session, options, [&](const std::string& path) {
    auto request = about<MakeDirectoryRequest>(options.board, path);
    request.set_parents(options.parents);
    session.upyd().make_directory(request);
  });
}

int touch(Session& session, const FsOptions& options) {
  return each_path(session, options, [&](const std::string& path) {
    auto target = about<WriteFileRequest::Target>(options.board, path);
    target.set_if_absent(true);
    try {
      session.upyd().write_file(target).complete();
    } catch (const upyclient::Error& error) {
      if (error.code() != grpc::ALREADY_EXISTS) throw;
    }
  });
}

int mv(Session& session, const FsOptions& options) {
  RenameFileRequest request;
  request.set_instance(options.board);
  request.set_from(board_path(options.paths[0]));
  request.set_to(board_path(options.paths[1]));
  BoardSide board(session.upyd(), options.board);
  if (board.look(request.to()).kind == FileSide::Kind::Directory) {
    request.set_to(join(request.to().empty() ? "/" : request.to(), last_name(request.from())));
  }
  session.upyd().rename_file(request);
  return kSuccess;
}

// ---- declarations ----

struct Verb {
  CLI::App* command;
  std::shared_ptr<FsOptions> options;
  CLI::Option* paths;
};

template <typename Act>
Verb add_verb(CLI::App& fs, Session& session, const std::string& name, const std::string& description,
              const std::string& paths_help, Act act) {
  auto options = std::make_shared<FsOptions>();
  CLI::App* command =
      session.add_command(fs, name, description, [&session, options, act] { return act(session, *options); });
  command->add_option("BOARD", options->board, "The instance")->required()->type_name("");
  CLI::Option* paths = command->add_option("PATH", options->paths, paths_help)->type_name("");
  return {command, options, paths};
}

void add_copy(CLI::App& fs, Session& session) {
  auto options = std::make_shared<CopyOptions>();
  CLI::App* command =
      session.add_command(fs, "cp", "Copy files to a board, from it, or on it; each is replaced as a whole",
                          [&session, options] { return copy_files(session, *options); });
  command->add_option("BOARD", options->board, "The instance")->required()->type_name("");
  command
      ->add_option("PATH", options->paths,
                   "What to copy, and at last where to; :PATH is the board's. '-' is the standard input or output")
      ->required()
      ->expected(2, -1)
      ->type_name("");
  command->add_flag("-r,--recursive", options->recursive, "Copy directories with all that is in them");
  command->add_flag("-f,--force", options->force, "Write files too that are the same already");
  command->add_flag("-v,--verbose", options->verbose, "Tell each file");
}

}  // namespace

void add_fs_commands(CLI::App& root, Session& session) {
  CLI::App* fs = root.add_subcommand("fs", "See and change the files of instances, whatever they run");
  fs->require_subcommand(1);

  add_verb(*fs, session, "ls", "List directories", "Directories or files; none: the root", ls);
  Verb verb =
      add_verb(*fs, session, "tree", "Draw a directory with all that is below it", "Directories; none: the root", tree);
  verb.command->add_flag("-s,--size", verb.options->sizes, "Show the sizes of files");
  add_verb(*fs, session, "cat", "Print files", "The files", cat).paths->required();
  add_copy(*fs, session);
  verb = add_verb(*fs, session, "rm", "Remove files and empty directories", "What to remove", rm);
  verb.paths->required();
  verb.command->add_flag("-r,--recursive", verb.options->recursive, "Remove directories with all that is in them");
  verb.command->add_flag("-f,--force", verb.options->force, "What is not there is no error");
  verb = add_verb(*fs, session, "mkdir", "Make directories", "The directories", mkdir);
  verb.paths->required();
  verb.command->add_flag("-p,--parents", verb.options->parents, "Make those above too; one that is there is no error");
  add_verb(*fs, session, "mv", "Give a file or directory another name, or move it into a directory",
           "The old and the new path", mv)
      .paths->required()
      ->expected(2);
  add_verb(*fs, session, "touch", "Make files that are not there, empty", "The files", touch).paths->required();
  add_verb(*fs, session, "sha256sum", "Print the SHA-256 of files", "The files", sha256sum).paths->required();
  auto options = std::make_shared<FsOptions>();
  session.add_command(*fs, "df", "Show how much room there is", [&session, options] { return df(session, *options); })
      ->add_option("BOARD", options->board, "The instance")
      ->required()
      ->type_name("");
}

}  // namespace upyctl
