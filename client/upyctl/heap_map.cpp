#include "upyctl/heap_map.h"

#include <fmt/color.h>

#include <algorithm>
#include <iterator>
#include <sstream>
#include <string_view>

namespace upyctl {
namespace {

/// A kind of block: MicroPython's letter, and how it is shown.
struct Kind {
  char letter;
  fmt::terminal_color color;
  const char* name;
};

constexpr Kind kKinds[] = {
    {'T', fmt::terminal_color::cyan, "tuple"},
    {'L', fmt::terminal_color::green, "list"},
    {'D', fmt::terminal_color::yellow, "dict"},
    {'S', fmt::terminal_color::blue, "str, bytes"},
    {'A', fmt::terminal_color::magenta, "bytearray, array"},
    {'F', fmt::terminal_color::bright_cyan, "float"},
    {'B', fmt::terminal_color::red, "function"},
    {'M', fmt::terminal_color::bright_magenta, "module"},
    {'h', fmt::terminal_color::white, "other"},
    {'.', fmt::terminal_color::bright_black, "free"},
};
constexpr char kTail = '=';

const Kind& kind_of(char letter) {
  const auto* kind =
      std::find_if(std::begin(kKinds), std::end(kKinds), [&](const Kind& k) { return k.letter == letter; });
  return kind == std::end(kKinds) ? kKinds[std::size(kKinds) - 2] : *kind;
}

std::string painted(std::string_view text, const Kind& kind) { return fmt::format(fmt::fg(kind.color), "{}", text); }

/// Length of what stands before the blocks in a line of the map, "00001000: "; 0: it is another line.
size_t offset_size(const std::string& line) {
  const size_t end = line.find(": ");
  const bool is_offset = end != line.npos && end >= 8 && line.find_first_not_of("0123456789abcdef") == end;
  return is_offset ? end + 2 : 0;
}

/// Paints runs of blocks. A tail has the color of its head, which may be in a line before: `letter` is the last one
/// seen.
std::string paint_blocks(const std::string& blocks, char& letter) {
  std::string painted_blocks;
  for (size_t begin = 0; begin < blocks.size();) {
    if (blocks[begin] != kTail) letter = blocks[begin];
    size_t end = begin + 1;
    while (end < blocks.size() && (blocks[end] == kTail || blocks[end] == letter)) ++end;
    painted_blocks += painted(std::string_view(blocks).substr(begin, end - begin), kind_of(letter));
    begin = end;
  }
  return painted_blocks;
}

std::string legend() {
  std::string text;
  for (const Kind& kind : kKinds) text += painted(fmt::format("{} {}", kind.letter, kind.name), kind) + "  ";
  return text + "\n";
}

}  // namespace

std::string color_map(const std::string& text) {
  std::string result;
  bool has_map = false;
  char letter = '.';
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (const size_t offset = offset_size(line)) {
      has_map = true;
      line = line.substr(0, offset) + paint_blocks(line.substr(offset), letter);
    }
    result += line + "\n";
  }
  return has_map ? result + legend() : text;
}

}  // namespace upyctl
