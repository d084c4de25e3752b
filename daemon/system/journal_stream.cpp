#include "system/journal_stream.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

namespace upyd {

/// The variable alone says nothing: whoever is started by a service inherits it, but not the stream.
bool logs_to_journal() {
  const char* const journal = std::getenv("JOURNAL_STREAM");
  struct stat stream {};
  if (!journal || fstat(STDERR_FILENO, &stream) < 0) return false;
  return std::to_string(stream.st_dev) + ":" + std::to_string(stream.st_ino) == journal;
}

}  // namespace upyd
