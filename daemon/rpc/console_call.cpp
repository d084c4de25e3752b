#include "rpc/console_call.h"

#include <utility>

#include "rpc/answer.h"
#include "rpc/requests.h"
#include "rpc/take_output.h"

namespace upyd {

ConsoleCall* ConsoleCall::start(InstanceRegistry& registry) {
  std::shared_ptr<ConsoleCall> call(new ConsoleCall(registry));
  call->self_ = call;
  call->StartRead(&call->request_);
  return call.get();
}

void ConsoleCall::OnReadDone(bool ok) {
  std::unique_lock lock(mutex_);
  const auto host = host_;
  const auto link = link_;
  const bool is_over = finished_;
  lock.unlock();
  if (is_over) return;
  if (!ok && link) return host->end_input(*link);
  const auto status = guarded([&] { return link ? take_input() : open(); });
  if (!status.ok()) end(status);
}

grpc::Status ConsoleCall::open() {
  if (!request_.has_instance()) return invalid("the first request must name an instance");
  InstanceRegistry::Host host;
  if (auto status = registry_.find(request_.instance(), host); !status.ok()) return status;
  const auto call = [weak = weak_from_this()](void (ConsoleCall::*member)()) {
    return [weak, member] {
      if (const auto self = weak.lock()) (self.get()->*member)();
    };
  };
  std::shared_ptr<ConsoleLink> link;
  auto status = host->open_console({.on_readable = call(&ConsoleCall::pump),
                                    .on_room = call(&ConsoleCall::read_on),
                                    .on_end = call(&ConsoleCall::instance_ended)},
                                   link);
  if (!status.ok()) return status;
  {
    std::lock_guard lock(mutex_);
    host_ = host;
    link_ = link;
  }
  pump();
  read_on();
  return grpc::Status::OK;
}

grpc::Status ConsoleCall::take_input() {
  if (!request_.has_input()) return invalid("only the first request names an instance; the later ones carry input");
  std::unique_lock lock(mutex_);
  const auto host = host_;
  const auto link = link_;
  lock.unlock();
  if (host && host->type(*link, request_.input())) read_on();
  return grpc::Status::OK;
}

void ConsoleCall::read_on() {
  std::lock_guard lock(mutex_);
  if (!finished_) StartRead(&request_);
}

void ConsoleCall::OnWriteDone(bool ok) {
  {
    std::lock_guard lock(mutex_);
    writing_ = false;
  }
  if (ok) pump();
}

void ConsoleCall::OnCancel() { end(grpc::Status::CANCELLED); }

void ConsoleCall::OnDone() {
  end(grpc::Status::OK);
  self_.reset();
}

void ConsoleCall::instance_ended() {
  {
    std::lock_guard lock(mutex_);
    instance_gone_ = true;
  }
  pump();
}

void ConsoleCall::end(const grpc::Status& status) {
  std::unique_lock lock(mutex_);
  const auto host = std::exchange(host_, nullptr);
  const auto link = std::exchange(link_, nullptr);
  const bool is_first = !std::exchange(finished_, true);
  lock.unlock();
  if (link) {
    link->output.close();
    host->close_console(*link);
  }
  if (is_first) Finish(status);
}

void ConsoleCall::pump() {
  Step step = Step::Nothing;
  grpc::Status status;
  {
    std::lock_guard lock(mutex_);
    status = guarded([&] {
      if (!writing_ && !finished_ && link_) step = next_step();
      return grpc::Status::OK;
    });
    if (!status.ok()) step = Step::Finish;
    if (step == Step::Write) {
      writing_ = true;
      StartWrite(&message_);  // under the lock: not after `end`, when gRPC may be done with the call
    }
  }
  if (step == Step::Finish) end(status);
}

ConsoleCall::Step ConsoleCall::next_step() {
  message_.Clear();
  const bool all_taken = take_output(link_->output, message_);
  if (!std::exchange(opened_told_, true) || !message_.events().empty()) return Step::Write;
  return all_taken && instance_gone_ ? Step::Finish : Step::Nothing;
}

}  // namespace upyd
