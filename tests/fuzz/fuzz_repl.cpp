// Any bytes typed at the prompt: it runs no more than it may, its terminal understands all that it is told and shows
// what is typed, and Ctrl-C and Ctrl-B lead back to a prompt.

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "repl/machine.h"
#include "support/screen.h"

namespace {

using namespace upy;

void require(bool holds) {
  if (!holds) std::abort();
}

class Surroundings final : public ReplSurroundings {
 public:
  explicit Surroundings(size_t columns) : columns_(columns) {}
  void send(std::string_view bytes) override { sent += bytes; }
  void send_text(std::string_view text) override { sent += text; }
  size_t columns() override { return columns_; }
  Completion complete(std::string_view text) override {
    if (text.size() % 3 == 0) return {.common = "né"};
    return text.size() % 3 == 1 ? Completion{} : Completion{.candidates = {"one", "another"}};
  }
  std::string banner() override { return "BANNER"; }
  std::string prompt(LineEditor::Part part) override { return part == LineEditor::Part::First ? ">>> " : "... "; }
  size_t most_bytes() override { return 1000; }
  RunEnd run(std::string_view source, InputKind, std::string_view mark) override {
    require(source.size() <= most_bytes());
    send(mark);
    if (source.ends_with('?')) send_text("Traceback\n");
    return source.ends_with('!') ? RunEnd::Exits : RunEnd::Done;
  }

  std::string sent;

 private:
  const size_t columns_;
};

/// Types into the prompt.
void type_at_prompt(std::string_view bytes) {
  Surroundings surroundings(0);
  History history(8);
  ReplMachine machine(surroundings, history);
  machine.greet();
  for (const char byte : bytes) {
    const Turn turn = machine.take(byte);
    if (turn == Turn::SoftReset || turn == Turn::Exit) machine.greet();
    surroundings.sent.clear();
  }
  for (const char byte : std::string_view("\x1b\x03\x03\x02")) require(machine.take(byte) == Turn::ReadOn);
  require(!machine.is_raw() && surroundings.sent.ends_with("\r\n>>> "));
}

/// Types into a line on a terminal of some width.
void type_at_terminal(std::string_view bytes, size_t columns) {
  Surroundings surroundings(columns);
  Screen screen(columns);
  History history(8);
  LineEditor editor(surroundings, &history);
  editor.begin(">>> ", LineEditor::Part::First, 0);
  for (const char byte : bytes) {
    if (editor.take(byte) == LineEditor::Event::Line) editor.begin(">>> ", LineEditor::Part::Further, 1);
    screen.write(surroundings.sent);
    surroundings.sent.clear();
  }
  require(screen.misunderstood() == 0);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  type_at_prompt(bytes);
  if (!bytes.empty()) type_at_terminal(bytes.substr(1), 5 + data[0] % 30);
  return 0;
}
