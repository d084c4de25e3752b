#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace upyd {

/// Whether the threads of the daemon that others depend on still do what they are for. Each is asked now and then, and
/// answers from where it works; who has not answered by the next time is stuck. One thread at a time.
class Liveness {
 public:
  /// What the asked thread calls, once.
  using Answer = std::function<void()>;
  /// Has the answer called by the thread in question, without waiting for it. May throw std::bad_alloc.
  using Ask = std::function<void(Answer answer)>;

  void add(std::string name, Ask ask);

  /// The names of those that have not answered the last question. Asks all others anew.
  std::vector<std::string> check();

 private:
  struct Member {
    std::string name;
    Ask ask;
    std::shared_ptr<std::atomic<bool>> has_answered;
  };

  std::vector<Member> members_;
};

}  // namespace upyd
