#include "modules/asyncio/queue.h"

#include <utility>

namespace upy {

namespace {

bool comes_before(const Task* a, const Task* b) {
  return a->due_ns != b->due_ns ? a->due_ns < b->due_ns : a->order < b->order;
}

/// One heap of two, either of which may be null.
Task* merge(Task* a, Task* b) {
  if (!a || !b) return a ? a : b;
  if (comes_before(b, a)) std::swap(a, b);
  b->before = a;
  b->sibling = a->child;
  if (b->sibling) b->sibling->before = b;
  a->child = b;
  return a;
}

/// The first of a list of siblings, alone; the list goes on with the next.
Task* split_off(Task*& siblings) {
  Task* first = siblings;
  siblings = first->sibling;
  first->sibling = first->before = nullptr;
  return first;
}

Task* merge_siblings(Task* siblings) {
  Task* pairs = nullptr;
  while (siblings) {
    Task* pair = split_off(siblings);
    if (siblings) pair = merge(pair, split_off(siblings));
    pair->sibling = pairs;
    pairs = pair;
  }
  Task* root = nullptr;
  while (pairs) root = merge(root, split_off(pairs));
  return root;
}

/// Takes a task that is no root, with its children, out of the list that it stands in.
void cut(Task* task) {
  (task->before->child == task ? task->before->child : task->before->sibling) = task->sibling;
  if (task->sibling) task->sibling->before = task->before;
  task->sibling = task->before = nullptr;
}

}  // namespace

void RunQueue::push(Task* task, int64_t due_ns) {
  task->due_ns = due_ns;
  task->order = ++last_order_;
  task->is_queued = true;
  root_ = merge(root_, task);
}

void RunQueue::remove(Task* task) {
  task->is_queued = false;
  Task* children = merge_siblings(std::exchange(task->child, nullptr));
  if (task == root_) {
    root_ = children;
  } else {
    cut(task);
    root_ = merge(root_, children);
  }
}

}  // namespace upy
