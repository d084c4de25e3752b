#include "objects/streams/stream.h"

#include <deque>

#include "objects/numbers/int.h"
#include "objects/streams/file.h"
#include "objects/strings/bytes.h"
#include "support/test_vm.h"

namespace upy {
namespace {

constexpr size_t kBlocks = StreamOps::kWouldBlock;

/// A stream that gives one piece at each read (an empty one ends it, "!" would block) and takes what `room` says.
struct Script {
  std::deque<std::string> pieces;
  std::deque<size_t> room;
  std::string written;
};

struct ScriptedStream : Object {
  Script* script;
};

Script* script_of(Value self) { return static_cast<ScriptedStream*>(self.as_object())->script; }

Result<size_t> scripted_read(Vm&, Value self, char* data, size_t size) {
  Script* script = script_of(self);
  if (script->pieces.empty()) return size_t{0};
  std::string& piece = script->pieces.front();
  const bool blocks = piece == "!";
  const size_t count = blocks ? kBlocks : piece.copy(data, size);
  if (blocks || count == piece.size())
    script->pieces.pop_front();
  else
    piece.erase(0, count);
  return count;
}

Result<size_t> scripted_write(Vm&, Value self, const char* data, size_t size) {
  Script* script = script_of(self);
  size_t count = size;
  if (!script->room.empty()) {
    count = script->room.front();
    script->room.pop_front();
  }
  if (count == kBlocks) return count;
  count = std::min(count, size);
  script->written.append(data, count);
  return count;
}

constexpr StreamOps kBinaryOps{.read = scripted_read, .write = scripted_write};
constexpr StreamOps kTextOps{.read = scripted_read, .write = scripted_write, .text = true};
constinit const Type binary_type{
    {.name = "object"_n, .kind = &plain_kind, .slots = {.next = stream_next, .stream = &kBinaryOps}}};
constinit const Type text_type{
    {.name = "object"_n, .kind = &plain_kind, .slots = {.next = stream_next, .stream = &kTextOps}}};

Value make(Vm& vm, const Type& type, Script& script) {
  auto* stream = OK(vm.allocate<ScriptedStream>(type));
  stream->script = &script;
  return stream;
}

std::string call(Vm& vm, NativeFn method, std::initializer_list<Value> values) {
  Result<Value> result = method(vm, Args(const_cast<Value*>(values.begin()), static_cast<uint32_t>(values.size())));
  return result ? repr(vm, *result) : raised(vm);
}

TEST(Stream, ReadsUntilThereIsEnough) {
  TestVm vm;
  Script script{{"ab", "c", "defg", "h"}};
  Value stream = make(vm, binary_type, script);
  EXPECT_EQ(call(vm, stream_read, {stream, integer(5)}), "b'abcde'");
  EXPECT_EQ(call(vm, stream_read, {stream, integer(0)}), "b''");
  EXPECT_EQ(call(vm, stream_read, {stream}), "b'fgh'");
  EXPECT_EQ(call(vm, stream_read, {stream, integer(int64_t{1} << 60)}), "b''");
}

TEST(Stream, GivesWhatThereIsBeforeItWouldBlock) {
  TestVm vm;
  Script script{{"ab", "!", "!", "cd\nef", "!", "\n", "!"}};
  Value stream = make(vm, binary_type, script);
  EXPECT_EQ(call(vm, stream_read, {stream, integer(5)}), "b'ab'");
  EXPECT_EQ(call(vm, stream_read, {stream, integer(5)}), "None");
  EXPECT_EQ(call(vm, stream_readline, {stream}), "b'cd\\n'");
  EXPECT_EQ(call(vm, stream_readline, {stream}), "b'ef'");
  EXPECT_EQ(call(vm, stream_readline, {stream}), "b'\\n'");
  EXPECT_EQ(call(vm, stream_readline, {stream}), "None");
  EXPECT_EQ(call(vm, stream_readline, {stream}), "b''");
}

TEST(Stream, ReadsCharactersThatComeInParts) {
  TestVm vm;
  Script script{{"a\xe2", "\x82", "\xac", "\xc3\xa4z", "\xf0\x9d\x84", "\x9e."}};
  Value stream = make(vm, text_type, script);
  EXPECT_EQ(call(vm, stream_read, {stream, integer(2)}), "'a\xe2\x82\xac'");
  EXPECT_EQ(call(vm, stream_read, {stream, integer(3)}), "'\xc3\xa4z\xf0\x9d\x84\x9e'");
  EXPECT_EQ(call(vm, stream_read, {stream, integer(3)}), "'.'");
}

TEST(Stream, RefusesTextThatIsNone) {
  TestVm vm;
  for (const char* text : {"a\xff", "\xe2\x82", "\x80"}) {
    Script script{{text}};
    Value stream = make(vm, text_type, script);
    EXPECT_EQ(call(vm, stream_read, {stream, integer(2)}), "UnicodeError()");
  }
}

TEST(Stream, WritesAllOrTellsHowMuch) {
  TestVm vm;
  Script script;
  Value stream = make(vm, binary_type, script);
  script.room = {1, 2, 100};
  EXPECT_EQ(OK(write_all(vm, stream, "abcdef")), 6u);
  EXPECT_EQ(script.written, "abcdef");
  script.room = {2, kBlocks};
  EXPECT_EQ(OK(write_all(vm, stream, "xyz")), 2u);
  script.room = {kBlocks};
  EXPECT_EQ(OK(write_all(vm, stream, "xyz")), kBlocks);
  script.room = {1, 0};
  EXPECT_EQ(OK(write_all(vm, stream, "xyz")), 1u);
  script.room = {kBlocks};
  StreamWriter writer(stream);
  EXPECT_FALSE(writer.write(vm, "text"));
  EXPECT_EQ(raised(vm), "OSError(11,)");
}

TEST(Stream, LacksWhatItsTypeDoesNotOffer) {
  TestVm vm;
  Script script;
  Value stream = make(vm, binary_type, script);
  EXPECT_EQ(call(vm, stream_tell, {stream}), "OSError('stream operation not supported',)");
  EXPECT_EQ(call(vm, stream_read, {integer(5)}), "OSError('stream operation not supported',)");
}

/// A file that counts how often it is closed.
struct CountedFile final : File {
  explicit CountedFile(int& closed) : closed(closed) {}
  ~CountedFile() override { closed++; }
  PortError read(char*, size_t, size_t& count) override { return count = 0, PortError{}; }
  PortError write(const char*, size_t, size_t&) override { return {28, ""}; }
  PortError seek(int64_t, int, int64_t&) override { return {29, ""}; }
  PortError flush() override { return {}; }
  PortError close() override { return {5, ""}; }
  int poll(int events) override { return events; }
  int descriptor() const override { return 7; }
  int& closed;
};

Value make_file(Vm& vm, int& closed) {
  auto* object = OK(vm.allocate<FileObject>(file_io_type));
  object->file = new CountedFile(closed);
  object->is_console = false;
  vm.heap.add_finalizer(object);
  return object;
}

TEST(FileObject, ClosesOnceWhateverTheFileSays) {
  int closed = 0;
  {
    TestVm vm;
    Value file = make_file(vm, closed);
    EXPECT_EQ(repr(vm, file), "<io.FileIO 7>");
    EXPECT_EQ(call(vm, stream_write, {file, "name"_n}), "OSError(28,)");
    EXPECT_EQ(call(vm, stream_seek, {file, integer(0)}), "OSError(29,)");
    EXPECT_EQ(call(vm, stream_close, {file}), "OSError(5,)");
    EXPECT_EQ(closed, 1);
    EXPECT_EQ(call(vm, stream_close, {file}), "None");
    EXPECT_EQ(call(vm, stream_read, {file}), "ValueError('I/O operation on closed file',)");
    EXPECT_EQ(repr(vm, file), "<io.FileIO -1>");
  }
  EXPECT_EQ(closed, 1);
}

TEST(FileObject, IsClosedWithItsInstance) {
  int closed = 0;
  {
    TestVm vm;
    make_file(vm, closed);
  }
  EXPECT_EQ(closed, 1);
}

}  // namespace
}  // namespace upy
