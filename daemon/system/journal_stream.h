#pragma once

namespace upyd {

/// Whether the process's error stream goes to systemd's journal, as a service's does.
bool logs_to_journal();

}  // namespace upyd
