#include "rpc/console_call.h"

#include <utility>

#include "rpc/answer.h"
#include "rpc/requests.h"
#include "rpc/take_output.h"

namespace upyd {

ConsoleCall* ConsoleCall::start(std::shared_ptr<const Access> access, InstanceRegistry& registry) {
  std::shared_ptr<ConsoleCall> call(new ConsoleCall(std::move(access), registry));
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
  InstanceRegistry::Host host;
  if (auto status = find_instance(host); !status.ok()) return status;
  const auto call = [weak = weak_from_this()](void (ConsoleCall::*member)()) {
    return [weak, member] {
      if (const auto self = weak.lock()) (self.get()->*member)();
    };
  };
  std::shared_ptr<ConsoleLink> link;
  auto status = host->open_console({.on_readable = call(&ConsoleCall::pump),
                                    .on_room = call(&ConsoleCall::read_on),
                                    .on_end = call(&ConsoleCall::console_ended),
                                    .use = request_.prompt() ? ConsoleLink::Use::Prompt : ConsoleLink::Use::Input},
                                   request_.columns(), link);
  if (!status.ok()) return status;
  {
    std::unique_lock lock(mutex_);
    if (finished_) {  // in the meantime
      lock.unlock();
      host->close_console(*link);
      return grpc::Status::CANCELLED;
    }
    host_ = host;
    link_ = link;
  }
  pump();
  read_on();
  return grpc::Status::OK;
}

/// The first request's: one that there is, or one that is made, and then ends with the call.
grpc::Status ConsoleCall::find_instance(InstanceRegistry::Host& host) {
  if (auto status = may_last(request_, weak_from_this()); !status.ok()) return status;
  if (request_.has_instance()) return find_standing(host);
  if (!request_.has_own()) return invalid("the first request must name an instance, or have one made by 'own'");
  v1::InstanceConfig config = request_.own().config();
  auto status = access_->own(config);
  if (status.ok()) status = registry_.create_for_console(request_.own().name(), config, host);
  std::lock_guard lock(mutex_);
  if (status.ok()) owned_ = host;
  return status;
}

grpc::Status ConsoleCall::find_standing(InstanceRegistry::Host& host) {
  return registry_.find(
      request_.instance(), [this](const std::string& owner) { return access_->check(request_, owner); }, host);
}

grpc::Status ConsoleCall::take_input() {
  if (!request_.has_input() && !request_.has_columns()) {
    return invalid("only the first request names an instance; the later ones carry input or columns");
  }
  std::unique_lock lock(mutex_);
  const auto host = host_;
  const auto link = link_;
  lock.unlock();
  if (!host) return grpc::Status::OK;
  if (request_.has_columns()) link->set_columns(request_.columns());
  if (host->type(*link, request_.input())) read_on();
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

void ConsoleCall::console_ended() {
  {
    std::lock_guard lock(mutex_);
    console_ended_ = true;
  }
  pump();
}

void ConsoleCall::end(const grpc::Status& status) {
  std::unique_lock lock(mutex_);
  const auto host = std::exchange(host_, nullptr);
  const auto link = std::exchange(link_, nullptr);
  const auto owned = std::exchange(owned_, nullptr);
  const bool is_first = !std::exchange(finished_, true);
  lock.unlock();
  if (link) host->close_console(*link);
  if (owned) owned->end(upy::Limit::Request);
  if (is_first) finish(status, owned);
}

/// Not before an instance of its own is gone.
void ConsoleCall::finish(const grpc::Status& status, const InstanceRegistry::Host& owned) {
  const auto waits = guarded([&] {
    if (owned) owned->when_gone([this, status](const grpc::Status& left) { Finish(status.ok() ? left : status); });
    return grpc::Status::OK;
  });
  if (!owned || !waits.ok()) Finish(status);
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
  if (!std::exchange(opened_told_, true)) message_.add_events()->mutable_opened()->set_instance(host_->name());
  const bool all_taken = take_output(link_->output, message_);
  if (!message_.events().empty()) return Step::Write;
  return all_taken && console_ended_ ? Step::Finish : Step::Nothing;
}

}  // namespace upyd
