#include "modules/builtins/line_input.h"

#include "objects/model/exception.h"
#include "objects/streams/console_input.h"
#include "objects/streams/stream.h"
#include "terminal/line_editor.h"

namespace upy {

namespace {

/// The console as a line of input() sees it.
class ConsoleTerminal final : public Terminal {
 public:
  explicit ConsoleTerminal(Console& console) : console_(console) {}
  void send(std::string_view bytes) override { console_.write_bytes(Console::Stream::Out, bytes); }
  size_t columns() override { return console_.columns(); }
  Completion complete(std::string_view) override { return {}; }

 private:
  Console& console_;
};

}  // namespace

Result<std::string> read_edited_line(Vm& vm, std::string_view prompt) {
  const size_t line = prompt.rfind('\n') + 1;
  vm.ports.console.write(Console::Stream::Out, prompt.substr(0, line));
  ConsoleTerminal terminal(vm.ports.console);
  LineEditor editor(terminal, nullptr);
  editor.begin(prompt.substr(line), LineEditor::Part::First, 0);
  auto& input = vm.state<ConsoleInput>();
  while (true) {
    char byte;
    if (input.input() == Console::Input::Nothing) editor.settle();
    if (TRY(read_console(vm, &byte, 1)) == 0) return vm.raise_with(EOFError_type, Value());
    switch (editor.take(byte)) {
      case LineEditor::Event::Line:
        return editor.text();
      case LineEditor::Event::Cancel:
        return vm.raise_with(KeyboardInterrupt_type, Value());
      case LineEditor::Event::CtrlD:
        return vm.raise_with(EOFError_type, Value());
      default:
        break;
    }
  }
}

}  // namespace upy
