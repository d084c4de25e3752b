#pragma once

namespace upyd {

/// Whether the system has memory left for the daemon's own work, requests and answers of the largest size included. Who
/// makes an instance asks when that has got its memory, and gives it back if not: what it took could be the last, and
/// gRPC ends the process when it gets none.
bool is_memory_left();

}  // namespace upyd
