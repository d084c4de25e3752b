#pragma once

#include "modules/asyncio/task.h"

namespace upy {

/// Tasks by the time when they are due; those of one time in the order they came.
///
/// Those that were due when they came stand in a list, as nearly each new one comes last there. The others are a
/// leftist heap: each task is due no later than its children. A task's rank is the length of the way down to the right
/// until there is no child, and never higher on its right side than on its left: so that way is short, whatever was
/// pushed and removed, and everything is done along it. The links of both lie in the tasks, so nothing is allocated.
class RunQueue {
 public:
  /// The task that is due first; null if there is none.
  Task* first() const;
  /// Adds a task that is due at some time.
  void push(Task* task, int64_t due_ns);
  /// Adds one that is due since some time.
  void push_due(Task* task, int64_t since_ns);
  /// Takes out a task that is queued.
  void remove(Task* task);
  void mark(Marker& marker) const;

 private:
  void remove_from_heap(Task* task);

  Task* root_ = nullptr;  ///< of the heap
  Task *first_due_ = nullptr, *last_due_ = nullptr;
  uint64_t last_order_ = 0;
};

}  // namespace upy
