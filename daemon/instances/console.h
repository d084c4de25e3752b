#pragma once

#include <memory>
#include <mutex>

#include "instances/console_link.h"
#include "instances/output_buffer.h"
#include "instances/unread_output.h"

namespace upyd {

/// The standard streams of an instance, and who has them.
///
/// Output goes to the run and to the client that has the console; while there is neither it is kept for the next. Input
/// comes from the client that has the console; without one it is at its end. One client at a time can have it.
///
/// The interpreter's side is the port. The other functions may be called from any thread. The lock is not held while a
/// writer waits for a slow reader, nor while a reader is told of output.
class InstanceConsole final : public upy::Console {
 public:
  // ---- the interpreter's thread ----

  void write(Stream stream, std::string_view text) override;
  ptrdiff_t read(char* buffer, size_t size) override;
  Input input() override;
  int input_descriptor() override { return -1; }

  /// A run begins; its buffer gets what was unread first.
  void attach(std::shared_ptr<OutputBuffer> run);
  void detach();

  // ---- any thread ----

  /// A client gets the console, and what was unread first, which is to be announced to it. False: another client has
  /// it. Input that is waited for does not notice by itself.
  bool link(std::shared_ptr<ConsoleLink> client);
  /// The client leaves it. False: it does not have it. As to input, as link.
  bool unlink(const ConsoleLink& client);
  /// The instance has ended: the client that has the console leaves it, and is told.
  void end();
  /// Ends the patience of a writer who waits for a slow reader.
  void hurry();

 private:
  std::shared_ptr<ConsoleLink> client() const;
  void hand_over(OutputBuffer& reader);

  mutable std::mutex mutex_;
  std::shared_ptr<OutputBuffer> run_;     // null between runs
  std::shared_ptr<ConsoleLink> client_;   // null if nobody has the console
  std::unique_ptr<UnreadOutput> unread_;  // made when there is some
};

}  // namespace upyd
