#pragma once

#include <sys/types.h>

#include <string>

namespace upyd {

/// What becomes of symbolic links in a path: they are followed within the root, or refused with ELOOP. One at the end
/// may be opened for itself, by O_PATH | O_NOFOLLOW, where they are refused.
enum class Links { Follow, Refuse };

/// open(2) of a path as one whose root directory is `root` would see it: what openat2(2) does with RESOLVE_IN_ROOT, for
/// systems where that is not to be had (systemd refuses it to services with RestrictSUIDSGID=). It takes a file
/// descriptor for each directory on the way. Returns -1 and sets errno; ENAMETOOLONG below 128 directories.
int open_by_walk(int root, const std::string& path, int flags, mode_t mode, Links links);

}  // namespace upyd
