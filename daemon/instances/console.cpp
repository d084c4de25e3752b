#include "instances/console.h"

#include <utility>

namespace upyd {

void InstanceConsole::write(Stream stream, std::string_view text) {
  write_to(stream, text, [&](ConsoleLink& client) { client.write(stream, text); });
}

void InstanceConsole::write_bytes(Stream stream, std::string_view bytes) {
  write_to(stream, bytes, [&](ConsoleLink& client) { client.output.write(stream, bytes); });
}

template <typename ToClient>
void InstanceConsole::write_to(Stream stream, std::string_view text, ToClient to_client) {
  if (log_ && writer_ == Writer::Script) log_->write(stream, text);
  if (run_ && !has_client_) return run_->write(stream, text);  // no other thread changes run_
  std::unique_lock lock(mutex_);
  if (writer_ == Writer::Prompt && has_newcomer_) return;
  OutputBuffer* const run = run_.get();
  const auto client = listener();
  if (!run && !client) {
    if (!unread_) unread_ = std::make_unique<UnreadOutput>();
    return unread_->keep(stream, text);
  }
  lock.unlock();
  if (run) run->write(stream, text);
  if (client) to_client(*client);
}

ptrdiff_t InstanceConsole::read(char* buffer, size_t size) {
  const auto from = source();
  return from ? from->read(buffer, size) : 0;
}

upy::Console::Input InstanceConsole::input() {
  const auto from = source();
  return from ? from->input() : Input::End;
}

bool InstanceConsole::gives_keys() {
  std::lock_guard lock(mutex_);
  const auto client = listener();
  return !run_input_ && client && client->wants_prompt();
}

size_t InstanceConsole::columns() {
  std::lock_guard lock(mutex_);
  return client_ ? client_->columns() : 0;
}

void InstanceConsole::attach(std::shared_ptr<OutputBuffer> run, std::shared_ptr<InputBuffer> input) {
  std::lock_guard lock(mutex_);
  run_ = std::move(run);
  run_input_ = std::move(input);
}

void InstanceConsole::detach() {
  std::lock_guard lock(mutex_);
  run_.reset();
  run_input_.reset();
}

bool InstanceConsole::wants_prompt() const {
  std::lock_guard lock(mutex_);
  return client_ && client_->wants_prompt();
}

/// Who came meanwhile is not meant.
void InstanceConsole::set_raw(bool is_raw) {
  std::lock_guard lock(mutex_);
  if (client_ && !has_newcomer_) client_->set_raw(is_raw && client_->wants_prompt());
}

bool InstanceConsole::take_newcomer() {
  std::lock_guard lock(mutex_);
  return std::exchange(has_newcomer_, false);
}

bool InstanceConsole::link(std::shared_ptr<ConsoleLink> client) {
  std::lock_guard lock(mutex_);
  if (!is_free()) return false;
  set_client(std::move(client));
  has_newcomer_ = true;
  hand_over(client_->output);
  return true;
}

bool InstanceConsole::unlink(ConsoleLink& client) {
  std::lock_guard lock(mutex_);
  if (client_.get() != &client) return false;
  client.leave();
  if (!client.wants_prompt()) set_client(nullptr);
  return true;
}

std::shared_ptr<const ConsoleLink> InstanceConsole::holder() const {
  std::lock_guard lock(mutex_);
  return is_free() ? nullptr : client_;
}

void InstanceConsole::end_of_input() {
  std::unique_lock lock(mutex_);
  if (!client_ || has_newcomer_ || client_->input.input() != Input::End) return;
  const auto client = client_;
  set_client(nullptr);
  lock.unlock();
  dismiss(client);
}

void InstanceConsole::end() {
  std::unique_lock lock(mutex_);
  const auto client = client_;
  set_client(nullptr);
  lock.unlock();
  dismiss(client);
}

void InstanceConsole::set_client(std::shared_ptr<ConsoleLink> client) {
  client_ = std::move(client);
  has_client_ = client_ != nullptr;
}

/// One that is gone has nothing to be told.
void InstanceConsole::dismiss(const std::shared_ptr<ConsoleLink>& client) {
  if (client && !client->is_gone()) client->end();
}

void InstanceConsole::stop_waiting() {
  std::lock_guard lock(mutex_);
  if (run_) run_->stop_waiting();
  if (client_) client_->output.stop_waiting();
}

std::shared_ptr<InputBuffer> InstanceConsole::source() const {
  std::lock_guard lock(mutex_);
  if (run_input_) return run_input_;
  const auto client = listener();
  return client ? std::shared_ptr<InputBuffer>(client, &client->input) : nullptr;
}

/// The client at the console that has to do with what is at work.
std::shared_ptr<ConsoleLink> InstanceConsole::listener() const {
  return run_ && client_ && client_->is_raw() ? nullptr : client_;
}

void InstanceConsole::hand_over(OutputBuffer& reader) {
  if (!unread_) return;
  unread_->move_to(reader);
  unread_.reset();
}

}  // namespace upyd
