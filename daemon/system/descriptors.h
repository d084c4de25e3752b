#pragma once

/// File descriptors are shared by all there is in the daemon, and without one it can't even accept a client. So who may
/// ask for any number of them is refused before all are gone.
namespace upyd {

/// What a descriptor is for.
enum class DescriptorUse {
  Script,  ///< a file or timer of an instance: a quarter of all, at most 256, is kept back for others
  Client,  ///< a connection: a sixteenth, at most 64, is kept back for the daemon itself
};

/// Whether a descriptor, just opened, is one of those that are kept back from such a use, so that it has to be closed
/// again. The system gives the lowest free number: a high one says that few are left.
bool is_kept_back(int descriptor, DescriptorUse use);

/// What to tell of it.
inline constexpr const char* kNoDescriptorLeft = "upyd has no file descriptor left; raise LimitNOFILE= of its service";

}  // namespace upyd
