#include "modules/asyncio/queue.h"

#include <utility>

namespace upy {

namespace {

/// In place of the rank of a task that is in the list: its neighbours there are `left`, before it, and `right`.
constexpr uint8_t kInList = 0;

bool comes_before(const Task* a, const Task* b) {
  return a->due_ns != b->due_ns ? a->due_ns < b->due_ns : a->order < b->order;
}

int rank(const Task* task) { return task ? task->rank : 0; }

/// Makes a task's rank, and the order of its children, right again; whether the rank was another one.
bool settle(Task* task) {
  if (rank(task->left) < rank(task->right)) std::swap(task->left, task->right);
  const auto made = static_cast<uint8_t>(rank(task->right) + 1);
  return std::exchange(task->rank, made) != made;
}

/// One heap of two without parents, either of which may be null.
Task* merge(Task* a, Task* b) {
  Task* root = nullptr;
  Task* last = nullptr;  // of the right spine that comes out
  while (a && b) {
    if (comes_before(b, a)) std::swap(a, b);
    a->parent = last;
    (last ? last->right : root) = a;
    last = a;
    a = a->right;
  }
  Task* const rest = a ? a : b;
  if (!last) return rest;
  last->right = rest;
  if (rest) rest->parent = last;
  for (; last; last = last->parent) settle(last);
  return root;
}

Task* without_parent(Task* task) {
  if (task) task->parent = nullptr;
  return task;
}

}  // namespace

Task* RunQueue::first() const {
  if (!first_due_ || !root_) return first_due_ ? first_due_ : root_;
  return comes_before(root_, first_due_) ? root_ : first_due_;
}

void RunQueue::push(Task* task, int64_t due_ns) {
  task->due_ns = due_ns;
  task->order = ++last_order_;
  task->is_queued = true;
  task->rank = 1;
  root_ = merge(root_, task);
}

void RunQueue::push_due(Task* task, int64_t since_ns) {
  if (last_due_ && since_ns < last_due_->due_ns) return push(task, since_ns);
  task->due_ns = since_ns;
  task->order = ++last_order_;
  task->is_queued = true;
  task->rank = kInList;
  task->left = last_due_;
  (last_due_ ? last_due_->right : first_due_) = task;
  last_due_ = task;
}

void RunQueue::remove(Task* task) {
  task->is_queued = false;
  if (task->rank != kInList) return remove_from_heap(task);
  (task->left ? task->left->right : first_due_) = task->right;
  (task->right ? task->right->left : last_due_) = task->left;
  task->left = task->right = nullptr;
}

void RunQueue::mark(Marker& marker) const {
  marker.mark(root_);
  marker.mark(first_due_);
}

void RunQueue::remove_from_heap(Task* task) {
  Task* const parent = std::exchange(task->parent, nullptr);
  Task* const children =
      merge(without_parent(std::exchange(task->left, nullptr)), without_parent(std::exchange(task->right, nullptr)));
  if (children) children->parent = parent;
  (!parent ? root_ : parent->left == task ? parent->left : parent->right) = children;
  for (Task* above = parent; above && settle(above);) above = above->parent;
}

}  // namespace upy
