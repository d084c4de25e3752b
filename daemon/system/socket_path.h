#pragma once

#include <string>

namespace upyd {

/// Makes the directory of a socket if only that is missing. Throws ListenError.
void make_socket_directory(const std::string& path);

/// Makes a path free for a socket to be bound there: removes a socket that nobody listens on any more. For who holds
/// the lock of the path. Throws ListenError when somebody answers there, when it is something else than a socket, or
/// when there is no right to do it.
void free_socket_path(const std::string& path);

}  // namespace upyd
