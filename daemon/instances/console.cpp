#include "instances/console.h"

#include <utility>

namespace upyd {

void InstanceConsole::write(Stream stream, std::string_view text) {
  std::unique_lock lock(mutex_);
  const auto run = run_;
  const auto client = client_;
  if (!run && !client) {
    if (!unread_) unread_ = std::make_unique<UnreadOutput>();
    return unread_->keep(stream, text);
  }
  lock.unlock();
  if (run) run->write(stream, text);
  if (client) client->output.write(stream, text);
}

ptrdiff_t InstanceConsole::read(char* buffer, size_t size) {
  const auto from = client();
  return from ? from->read(buffer, size) : 0;
}

upy::Console::Input InstanceConsole::input() {
  const auto from = client();
  return from ? from->input() : Input::End;
}

void InstanceConsole::attach(std::shared_ptr<OutputBuffer> run) {
  {
    std::lock_guard lock(mutex_);
    run_ = run;
    hand_over(*run);
  }
  run->announce();
}

void InstanceConsole::detach() {
  std::lock_guard lock(mutex_);
  run_.reset();
}

bool InstanceConsole::link(std::shared_ptr<ConsoleLink> client) {
  std::lock_guard lock(mutex_);
  if (client_) return false;
  client_ = std::move(client);
  hand_over(client_->output);
  return true;
}

bool InstanceConsole::unlink(const ConsoleLink& client) {
  std::lock_guard lock(mutex_);
  if (client_.get() != &client) return false;
  client_.reset();
  return true;
}

void InstanceConsole::end() {
  std::unique_lock lock(mutex_);
  const auto client = std::exchange(client_, nullptr);
  lock.unlock();
  if (client) client->end();
}

void InstanceConsole::hurry() {
  std::lock_guard lock(mutex_);
  if (run_) run_->hurry();
  if (client_) client_->output.hurry();
}

std::shared_ptr<ConsoleLink> InstanceConsole::client() const {
  std::lock_guard lock(mutex_);
  return client_;
}

void InstanceConsole::hand_over(OutputBuffer& reader) {
  if (!unread_) return;
  unread_->move_to(reader);
  unread_.reset();
}

}  // namespace upyd
