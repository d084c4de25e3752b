#pragma once

#include <string>

namespace upyd {

/// Makes a path free for a socket to be bound there: removes a socket that nobody listens on any more, and makes the
/// directory if only that is missing. Throws ListenError when a daemon answers there, when it is something else than a
/// socket, or when there is no right to do it.
void free_socket_path(const std::string& path);

}  // namespace upyd
