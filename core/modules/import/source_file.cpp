#include "modules/import/source_file.h"

#include <fcntl.h>

#include <algorithm>
#include <cerrno>

#include "modules/files/mount_table.h"
#include "modules/files/vfs_posix.h"
#include "modules/import/script_modules.h"
#include "objects/model/exception.h"
#include "objects/model/operators.h"
#include "objects/numbers/int.h"
#include "objects/runtime/str.h"
#include "objects/runtime/vm.h"
#include "objects/streams/stream.h"
#include "objects/strings/codec.h"

namespace upy {
namespace {

constexpr size_t kReadChunk = 16 << 10;

/// The file system that a path leads into, if it is VfsPosix itself, which needs no objects to be asked.
const VfsPosix* host_at(const Place& place) {
  const bool is_host = place.kind == Place::Kind::Inside && is_exactly(place.mount->file_system, vfs_posix_type);
  return is_host ? static_cast<VfsPosix*>(place.mount->file_system.as_object()) : nullptr;
}

Place place_of(Vm& vm, const std::string& path) { return vm.state<MountTable>().find(path); }

/// The text of a file, in memory of the host that counts as part of the instance's heap.
class FileText {
 public:
  explicit FileText(Vm& vm) : vm_(vm) {}
  ~FileText() { vm_.heap.discharge(charged_); }
  FileText(const FileText&) = delete;
  FileText& operator=(const FileText&) = delete;

  std::string_view view() const { return text_; }

  /// Appends what `read(data, size)` gives, piece by piece, until that is nothing.
  template <typename Read>
  Result<void> collect(size_t piece, Read read) {
    while (true) {
      TRY(vm_.poll());
      const size_t size = text_.size();
      TRY(make_room(size + piece));
      text_.resize(size + piece);
      const size_t count = TRY(read(text_.data() + size, piece));
      text_.resize(size + count);
      if (count == 0) return {};
    }
  }

 private:
  Result<void> make_room(size_t bytes) {
    if (bytes <= charged_) return {};
    const size_t more = std::max(bytes, charged_ + charged_ / 2) - charged_;
    if (!vm_.heap.charge(more)) {
      vm_.heap.collect();
      if (!vm_.heap.charge(more)) return vm_.too_large(more);
    }
    charged_ += more;
    text_.reserve(charged_);
    return {};
  }

  Vm& vm_;
  std::string text_;
  size_t charged_ = 0;
};

Result<void> read_host_file(Vm& vm, const std::string& path, FileText& text) {
  std::unique_ptr<File> file;
  if (const PortError error = vm.ports.files.open(path, O_RDONLY, file)) return vm.raise_os_error(error);
  return text.collect(kReadChunk, [&](char* data, size_t size) -> Result<size_t> {
    size_t count = 0;
    if (const PortError error = file->read(data, size, count)) return vm.raise_os_error(error);
    return count;
  });
}

/// How many bytes to ask a stream for at once: what it wishes, within bounds.
Result<size_t> piece_size(Vm& vm, Value stream) {
  constexpr int64_t kLeast = 32, kUsual = 256;
  Result<int64_t> wish = control(vm, stream, StreamOps::kBufferSize);
  if (!wish && !vm.take_pending(OSError_type)) return Failure{};
  return static_cast<size_t>(wish && *wish > 0 ? std::clamp<int64_t>(*wish, kLeast, kReadChunk) : kUsual);
}

Result<void> read_stream(Vm& vm, Value stream, FileText& text) {
  const StreamOps* ops = TRY(get_stream(vm, stream, StreamUse::Read));
  const size_t piece = TRY(piece_size(vm, stream));
  TRY(text.collect(piece, [&](char* data, size_t size) -> Result<size_t> {
    const size_t count = TRY(ops->read(vm, stream, data, size));
    return count == StreamOps::kWouldBlock ? Result<size_t>(vm.raise_os_error(EAGAIN)) : count;
  }));
  TRY(control(vm, stream, StreamOps::kClose));
  return {};
}

/// The kind by a file system's stat().
Result<Files::Kind> kind_by_stat(Vm& vm, Value path) {
  Result<Value> status = call_at(vm, path, "stat"_n);
  if (!status) {
    if (vm.take_pending(Exception_type)) return Files::Kind::Absent;
    return Failure{};
  }
  const int64_t mode = TRY(to_int64(vm, TRY(get_item(vm, *status, Value::small_int(0)))));
  return mode & S_IFDIR ? Files::Kind::Directory : Files::Kind::File;
}

}  // namespace

Result<Files::Kind> kind_of_file(Vm& vm, const std::string& path) {
  const Files::Kind with_script = vm.state<ScriptModules>().kind(path);
  if (with_script != Files::Kind::Absent) return with_script;
  const Place place = place_of(vm, path);
  if (place.kind != Place::Kind::Inside) return Files::Kind::Absent;
  if (const VfsPosix* host = host_at(place)) return vm.ports.files.kind(host->host_path(place.path));
  return kind_by_stat(vm, TRY(text_of_host(vm, path)));
}

Result<Value> compile_file(Vm& vm, const std::string& path, CompileOptions::Mode mode) {
  const auto compile = [&](std::string_view text) { return vm.compile(text, path, static_cast<int>(mode)); };
  if (const std::string* source = vm.state<ScriptModules>().source(path)) return compile(*source);
  FileText text(vm);
  const Place place = place_of(vm, path);
  if (const VfsPosix* host = host_at(place)) {
    TRY(read_host_file(vm, host->host_path(place.path), text));
  } else {
    TRY(read_stream(vm, TRY(call_at(vm, TRY(text_of_host(vm, path)), "open"_n, "rb"_n)), text));
  }
  if (path.ends_with(kMpyEnding)) return vm.raise(Error::incompatible_mpy);
  return compile(text.view());
}

}  // namespace upy
