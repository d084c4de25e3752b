// What the search for native recursion must find, and what it must not: `found_…` are recursive without a check,
// `fine_…` are not. Nothing of this is ever run.
namespace upy {

class Vm {
 public:
  [[gnu::noinline, gnu::cold]] bool stack_exhausted();
  bool check_stack() {
    char here;
    return &here < limit_ ? stack_exhausted() : true;
  }

 private:
  const char* limit_ = nullptr;
};

volatile int sink;

bool Vm::stack_exhausted() { return sink; }

/// Not inlined, nor changed into a loop: it does something after the call.
#define FUNCTION [[gnu::noinline, gnu::used]] int
#define AFTER(call) (sink = (call), sink)

FUNCTION found_direct(Vm& vm, int n) { return n ? AFTER(found_direct(vm, n - 1)) : 0; }

FUNCTION fine_direct(Vm& vm, int n) {
  if (!vm.check_stack()) return -1;
  return n ? AFTER(fine_direct(vm, n - 1)) : 0;
}

// A check that does not come before the call on every way.

FUNCTION found_late(Vm& vm, int n) {
  const int below = n ? AFTER(found_late(vm, n - 1)) : 0;
  return vm.check_stack() ? below : -1;
}

FUNCTION found_on_one_way(Vm& vm, int n) {
  if (n % 2 && !vm.check_stack()) return -1;
  return n ? AFTER(found_on_one_way(vm, n - 1)) : 0;
}

FUNCTION fine_on_its_way(Vm& vm, int n) {
  if (n == 0) return 0;
  if (!vm.check_stack()) return -1;
  return AFTER(fine_on_its_way(vm, n - 1));
}

FUNCTION found_in_switch(Vm& vm, int n) {
  switch (n) {
    case 2:
    case 3:
      if (!vm.check_stack()) return -1;
      return AFTER(found_in_switch(vm, n - 3));
    case 4:
      sink = 9;
      return 5;
    case 5:
      return AFTER(found_in_switch(vm, n - 1));
    case 6:
      sink = 7;
      return 3;
    case 7:
      return sink;
  }
  return 0;
}

FUNCTION fine_in_switch(Vm& vm, int n) {
  if (!vm.check_stack()) return -1;
  switch (n) {
    case 2:
    case 3:
      return AFTER(fine_in_switch(vm, n - 3));
    case 4:
      sink = 9;
      return 5;
    case 5:
      return AFTER(fine_in_switch(vm, n - 1));
    case 6:
      sink = 7;
      return 3;
    case 7:
      return sink;
  }
  return 0;
}

// Circles of several.

int found_there(Vm& vm, int n);
FUNCTION found_back(Vm& vm, int n) { return AFTER(found_there(vm, n - 1)); }
FUNCTION found_there(Vm& vm, int n) { return n ? AFTER(found_back(vm, n - 1)) : 0; }

int fine_there(Vm& vm, int n);
FUNCTION fine_back(Vm& vm, int n) { return AFTER(fine_there(vm, n - 1)); }
FUNCTION fine_there(Vm& vm, int n) {
  if (!vm.check_stack()) return -1;
  return n ? AFTER(fine_back(vm, n - 1)) : 0;
}

// Through pointers in tables; which table is meant is not known.

struct Slots {
  int (*first)(Vm&, const Slots* slots, int n);
  int (*second)(Vm&, const Slots* slots, long n);
};

FUNCTION found_by_pointer(Vm& vm, const Slots* slots, int n) { return n ? AFTER(slots->first(vm, slots, n - 1)) : 0; }
FUNCTION fine_by_pointer(Vm& vm, const Slots* slots, long n) {
  if (!vm.check_stack()) return -1;
  return n ? AFTER(slots->second(vm, slots, n - 1)) : 0;
}

extern const Slots example_type;
constinit const Slots example_type = {found_by_pointer, fine_by_pointer};

// Virtual functions.

struct Writer {
  virtual int write(Vm& vm, int n) = 0;
  virtual int flush(Vm& vm, int n) = 0;
};

struct Outer final : Writer {
  int write(Vm& vm, int n) override;
  int flush(Vm& vm, int n) override;
  Writer* inner = nullptr;
};

FUNCTION found_writing(Vm& vm, Writer* writer, int n) { return n ? AFTER(writer->write(vm, n - 1)) : 0; }
FUNCTION fine_flushing(Vm& vm, Writer* writer, int n) {
  if (!vm.check_stack()) return -1;
  return n ? AFTER(writer->flush(vm, n - 1)) : 0;
}
int Outer::write(Vm& vm, int n) { return AFTER(found_writing(vm, inner, n)); }
int Outer::flush(Vm& vm, int n) { return AFTER(fine_flushing(vm, inner, n)); }

// Pointers to members.

struct Parser {
  int found_rule(int n);
  [[gnu::noinline]] int found_all(int (Parser::*rule)(int), int n) { return n ? AFTER((this->*rule)(n - 1)) : 0; }
};
[[gnu::noinline]] int Parser::found_rule(int n) { return AFTER(found_all(&Parser::found_rule, n)); }

}  // namespace upy

int main() {
  upy::Vm vm;
  upy::Outer writer;
  upy::Parser parser;
  return upy::found_writing(vm, &writer, 0) + parser.found_rule(0);
}
