#pragma once

#include "modules/asyncio/task.h"

namespace upy {

/// Tasks by the time when they are due; those of one time in the order they came.
///
/// A leftist heap whose links lie in the tasks, so nothing is allocated: each task is due no later than its children. A
/// task's rank is the length of the way down to the right until there is no child, and never higher on its right side
/// than on its left: so that way is short, whatever was pushed and removed, and everything is done along it.
class RunQueue {
 public:
  /// The task that is due first; null if there is none.
  Task* first() const { return root_; }
  void push(Task* task, int64_t due_ns);
  /// Takes out a task that is queued.
  void remove(Task* task);
  void mark(Marker& marker) const { marker.mark(root_); }

 private:
  Task* root_ = nullptr;
  uint64_t last_order_ = 0;
};

}  // namespace upy
