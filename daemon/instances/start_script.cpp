#include "instances/start_script.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>

namespace upyd {

bool has_start_script(FileTree& files, const std::string& name) {
  upy::FileStatus status;
  return !files.stat("/" + name, status) && S_ISREG(status.mode);
}

upy::PortError read_start_script(FileTree& files, const std::string& name, size_t most, std::string& text) {
  const std::string path = "/" + name;
  upy::FileStatus status;
  if (auto error = files.stat(path, status)) return error;
  if (!S_ISREG(status.mode)) return {ENOENT};
  std::unique_ptr<upy::File> file;
  if (auto error = files.open(path, O_RDONLY, DescriptorUse::Script, file)) return error;
  constexpr size_t kPiece = 64u << 10;
  for (size_t count = 1; count > 0 && text.size() <= most;) {
    const size_t before = text.size();
    text.resize(before + kPiece);
    if (auto error = file->read(text.data() + before, kPiece, count)) return error;
    text.resize(before + count);
  }
  return {};
}

upy::Outcome unreadable(const std::string& name, const upy::PortError& error) {
  const std::string why = error.message.empty() ? std::strerror(error.number) : error.message;
  upy::Outcome outcome{.kind = upy::Outcome::Kind::Exception, .exit_status = 1, .type = "OSError"};
  outcome.message = "cannot read " + name + ": " + why;
  outcome.traceback = outcome.type + ": " + outcome.message + "\n";
  return outcome;
}

}  // namespace upyd
