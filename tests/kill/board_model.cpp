#include "kill/board_model.h"

#include <iterator>
#include <vector>

namespace test_kill {
namespace {

using namespace upyd::v1;
using Random = std::mt19937_64;
using Files = std::map<std::string, std::string>;

constexpr size_t kMostBoards = 5;
constexpr const char* kMain = "main.py";

uint64_t below(uint64_t most, Random& random) { return std::uniform_int_distribution<uint64_t>(0, most - 1)(random); }

/// Each board drives a line of its own.
std::string main_of(const std::string& board, Random& random) {
  return "from machine import Pin\nPin(" + board.substr(1) + ", Pin.OUT).on()\n# " + std::to_string(random()) + "\n";
}

std::string any_bytes(Random& random) {
  return std::to_string(random()) + std::string(below(3, random) == 0 ? 0 : below(20'000, random), 'x');
}

Files any_files(const std::string& board, Random& random) {
  Files files;
  for (const char* path : {"a.py", "lib/b.py", "lib/deep/c.py", "data"}) {
    if (below(2, random) == 0) files[path] = any_bytes(random);
  }
  if (files.empty() || below(2, random) == 0) files[kMain] = main_of(board, random);
  return files;
}

InstanceConfig config_of(const Board& board) {
  InstanceConfig config;
  config.set_heap_bytes(board.heap_bytes);
  return config;
}

uint64_t any_heap(Random& random) { return (128 + 4 * below(64, random)) << 10; }

Change create(const Boards& boards, Random& random) {
  std::string name;
  for (int i = 0; name.empty() || boards.contains(name); ++i) name = "b" + std::to_string(i);
  Change change{"create " + name, nullptr, boards};
  const Board board{.heap_bytes = any_heap(random)};
  change.after[name] = board;
  change.request = [name, board](upyclient::Connection& upyd) {
    CreateInstanceRequest request;
    request.set_name(name);
    request.set_persistent(true);
    *request.mutable_config() = config_of(board);
    upyd.create_instance(request);
  };
  return change;
}

Change deploy(const Boards& boards, const std::string& name, Random& random) {
  const bool is_clean = below(3, random) == 0;
  const Files files = any_files(name, random);
  Change change{(is_clean ? "deploy --clean " : "deploy ") + name, nullptr, boards};
  Board& board = change.after[name];
  if (is_clean) board.files.clear();
  for (const auto& [path, bytes] : files) board.files[path] = bytes;
  change.request = [name, is_clean, files](upyclient::Connection& upyd) {
    DeployFilesRequest::Target target;
    target.set_instance(name);
    target.set_replace_all(is_clean);
    target.set_keep_down(true);
    target.set_grace_ms(0);
    auto deployer = upyd.deploy_files(target);
    for (const auto& [path, bytes] : files) {
      deployer.begin_file(path);
      deployer.write(bytes);
      deployer.end_file();
    }
    deployer.complete();
  };
  return change;
}

Change write(const Boards& boards, const std::string& name, Random& random) {
  const std::string bytes = any_bytes(random);
  Change change{"write " + name, nullptr, boards};
  change.after[name].files["written"] = bytes;
  change.request = [name, bytes](upyclient::Connection& upyd) {
    WriteFileRequest::Target target;
    target.set_instance(name);
    target.set_path("written");
    auto writer = upyd.write_file(target);
    writer.write(bytes);
    writer.complete();
  };
  return change;
}

Change update(const Boards& boards, const std::string& name, Random& random) {
  Change change{"update " + name, nullptr, boards};
  Board& board = change.after[name];
  board.heap_bytes = any_heap(random);
  if (below(4, random) == 0) board.enabled = !board.enabled;
  change.request = [name, board](upyclient::Connection& upyd) {
    UpdateInstanceRequest request;
    request.set_name(name);
    request.set_enabled(board.enabled);
    *request.mutable_config() = config_of(board);
    upyd.update_instance(request);
  };
  return change;
}

Change start_or_stop(const Boards& boards, const std::string& name) {
  const bool starts = boards.at(name).stopped;
  Change change{(starts ? "start " : "stop ") + name, nullptr, boards};
  change.after[name].stopped = !starts;
  change.request = [name, starts](upyclient::Connection& upyd) {
    StartInstanceRequest start;
    start.set_name(name);
    StopInstanceRequest stop;
    stop.set_name(name);
    stop.set_grace_ms(0);
    starts ? upyd.start_instance(start) : upyd.stop_instance(stop);
  };
  return change;
}

Change remove(const Boards& boards, const std::string& name) {
  Change change{"rm " + name, nullptr, boards};
  change.after.erase(name);
  change.request = [name](upyclient::Connection& upyd) {
    DeleteInstanceRequest request;
    request.set_name(name);
    request.set_force(true);
    upyd.delete_instance(request);
  };
  return change;
}

std::string bytes_of(upyclient::Connection& upyd, const std::string& board, const std::string& path) {
  ReadFileRequest request;
  request.set_instance(board);
  request.set_path(path);
  auto stream = upyd.read_file(request);
  std::string bytes;
  for (ReadFileResponse response; stream.read(response);) bytes += response.data();
  return bytes;
}

/// What is in a directory of a board, whose path ends with a slash.
void add_files(upyclient::Connection& upyd, const std::string& board, const std::string& directory, Files& files) {
  ListFilesRequest request;
  request.set_instance(board);
  request.set_path(directory);
  auto stream = upyd.list_files(request);
  std::vector<std::string> inner;
  for (ListFilesResponse response; stream.read(response);) {
    for (const FileInfo& file : response.files()) {
      const std::string path = directory + file.name();
      if (file.kind() == FileInfo::KIND_DIRECTORY) {
        inner.push_back(path + "/");
      } else {
        files[path] = bytes_of(upyd, board, path);
      }
    }
  }
  for (const std::string& path : inner) add_files(upyd, board, path, files);
}

std::string text_of(const Board& board) {
  std::string text = "heap " + std::to_string(board.heap_bytes) + (board.enabled ? " enabled" : " disabled") +
                     (board.stopped ? " stopped" : "");
  for (const auto& [path, bytes] : board.files) {
    text += ", " + path + " " + std::to_string(bytes.size()) + " " + bytes.substr(0, bytes.find('x')).substr(0, 24);
  }
  return text;
}

}  // namespace

Change any_change(const Boards& boards, Random& random) {
  const bool can_create = boards.size() < kMostBoards;
  if (boards.empty() || (can_create && below(5, random) == 0)) return create(boards, random);
  const std::string name = std::next(boards.begin(), static_cast<long>(below(boards.size(), random)))->first;
  switch (below(10, random)) {
    case 0:
      return remove(boards, name);
    case 1:
      return start_or_stop(boards, name);
    case 2:
    case 3:
      return update(boards, name, random);
    case 4:
      return write(boards, name, random);
    default:
      return deploy(boards, name, random);
  }
}

Boards boards_of(upyclient::Connection& upyd, const Boards& known) {
  const ListInstancesResponse list = upyd.list_instances();
  Boards boards;
  for (const Instance& instance : list.instances()) {
    Board board{.heap_bytes = instance.own_config().heap_bytes(), .enabled = instance.enabled()};
    const bool is_down = instance.state() == INSTANCE_STATE_STOPPED;
    const auto found = known.find(instance.name());
    board.stopped = !board.enabled && is_down && found != known.end() ? found->second.stopped : is_down;
    add_files(upyd, instance.name(), "", board.files);
    boards[instance.name()] = std::move(board);
  }
  return boards;
}

std::string difference(const Boards& one, const Boards& other) {
  std::string text;
  for (const auto& [name, board] : one) {
    const auto found = other.find(name);
    if (found != other.end() && found->second == board) continue;
    text +=
        name + ": " + text_of(board) + "\n  not: " + (found == other.end() ? "absent" : text_of(found->second)) + "\n";
  }
  for (const auto& [name, board] : other) {
    if (!one.contains(name)) text += name + ": absent\n  not: " + text_of(board) + "\n";
  }
  return text;
}

}  // namespace test_kill
