#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include "instances/console_link.h"
#include "instances/output_buffer.h"
#include "instances/unread_output.h"
#include "logs/instance_log.h"

namespace upyd {

/// The standard streams of an instance, and who has them.
///
/// Output goes to the run and to the client that has the console; while there is neither it is kept for the next client
/// at the console: a run gets nothing that was written before it. A client that speaks MicroPython's raw mode expects
/// nothing but answers, so what a run of somebody else writes is not for it, nor is what it sends for that run. What
/// scripts and callbacks write, whoever reads it, goes to the instance's log; what the prompt shows does not. Input
/// comes from the run's client, if that sends some, else from the client that has the console; without one it is at its
/// end. One client at a time can have it. Of a client that is gone from the prompt, what it typed is still read, and
/// what comes of that is written to nobody; it does not count as having the console. Whoever comes next sees nothing of
/// the prompt's before being greeted.
///
/// The interpreter's side is the port. The other functions may be called from any thread. The lock is not held while a
/// writer waits for a slow reader, nor while a reader is told of output.
class InstanceConsole final : public upy::Console {
 public:
  /// `log` may be null.
  explicit InstanceConsole(std::shared_ptr<InstanceLog> log = nullptr) : log_(std::move(log)) {}

  /// Where it is logged; null: nowhere.
  const std::shared_ptr<InstanceLog>& log() const { return log_; }

  // ---- the interpreter's thread ----

  void write(Stream stream, std::string_view text) override;
  void write_bytes(Stream stream, std::string_view bytes) override;
  ptrdiff_t read(char* buffer, size_t size) override;
  Input input() override;
  int input_descriptor() override { return -1; }
  bool gives_keys() override;
  size_t columns() override;

  /// A run begins. `input` is its own standard input, if it is not null.
  void attach(std::shared_ptr<OutputBuffer> run, std::shared_ptr<InputBuffer> input);
  void detach();

  /// Who writes from now on. Answers who did before.
  enum class Writer : uint8_t { Script, Prompt };
  Writer set_writer(Writer writer) { return std::exchange(writer_, writer); }
  /// The prompt writes as long as this lives.
  class PromptWrites {
   public:
    explicit PromptWrites(InstanceConsole& console) : console_(console), before_(console.set_writer(Writer::Prompt)) {}
    ~PromptWrites() { console_.set_writer(before_); }
    PromptWrites(const PromptWrites&) = delete;
    PromptWrites& operator=(const PromptWrites&) = delete;

   private:
    InstanceConsole& console_;
    const Writer before_;
  };

  /// Whether who has the console wants the prompt.
  bool wants_prompt() const;
  /// Whether the prompt, if that is what it wants, is in raw mode.
  void set_raw(bool is_raw);
  /// Whether another one has it than at the last call.
  bool take_newcomer();
  /// The prompt has come to the end of the input: the client that sent it leaves the console, and is told, unless there
  /// is another by now.
  void end_of_input();
  // ---- any thread ----

  /// A client gets the console, and what was unread first, which is to be announced to it. False: another client has
  /// it. Input that is waited for does not notice by itself.
  bool link(std::shared_ptr<ConsoleLink> client);
  /// The client leaves it. False: it does not have it. As to input, as link.
  bool unlink(ConsoleLink& client);
  /// The client that has it; null: nobody.
  std::shared_ptr<const ConsoleLink> holder() const;
  /// The instance has ended: the client that has the console leaves it, and is told.
  void end();
  /// Ends the wait of a writer for a slow reader.
  void stop_waiting();

 private:
  bool is_free() const { return !client_ || client_->is_gone(); }
  template <typename ToClient>
  void write_to(Stream stream, std::string_view text, ToClient to_client);
  std::shared_ptr<InputBuffer> source() const;
  std::shared_ptr<ConsoleLink> listener() const;
  void set_client(std::shared_ptr<ConsoleLink> client);
  static void dismiss(const std::shared_ptr<ConsoleLink>& client);
  void hand_over(OutputBuffer& reader);

  const std::shared_ptr<InstanceLog> log_;
  Writer writer_ = Writer::Script;  // the interpreter's thread
  mutable std::mutex mutex_;
  std::shared_ptr<OutputBuffer> run_;       // null between runs
  std::shared_ptr<InputBuffer> run_input_;  // of its own; may be null
  std::shared_ptr<ConsoleLink> client_;     // null if nobody has the console
  std::atomic<bool> has_client_ = false;    // for a look without the lock
  bool has_newcomer_ = false;
  std::unique_ptr<UnreadOutput> unread_;  // made when there is some
};

}  // namespace upyd
