#include "random_request.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <limits>

namespace fuzz_requests {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::MessageFactory;

namespace {

constexpr int kDeepest = 4;

/// Instances come and go under few names, so that calls meet each other.
const std::vector<std::string>& names() {
  static const std::vector<std::string> names = {"a",
                                                 "b",
                                                 "c",
                                                 "",
                                                 "no such",
                                                 "gpiochip0",
                                                 "gpiochip0:1",
                                                 "17",
                                                 "LED",
                                                 "*",
                                                 "../..",
                                                 "/etc/passwd",
                                                 "\xff\xfe",
                                                 std::string("a\0b", 3),
                                                 std::string(64, 'n'),
                                                 std::string(100'000, 'n')};
  return names;
}

const std::vector<std::string>& scripts() {
  static const std::vector<std::string> scripts = {
      "print(1)",
      "",
      "while True: pass",
      "import time\ntime.sleep(10)",
      "while True: print('x' * 1000)",
      "import sys\nwhile True:\n  sys.stdout.write('o')\n  sys.stderr.write('e')",
      "from machine import Timer\nt = [Timer(-1, freq=10000, callback=print) for i in range(5000)]",
      "import micropython\nx = [bytearray(1) for i in range(20000)]\nwhile True: micropython.mem_info(1)",
      "x = []\nwhile True: x.append(bytearray(1000))",
      "def f(): f()\nf()",
      "raise ValueError('\\xff\\n\\u20ac')",
      "import sys\nprint(sys.stdin.read())",
      "from machine import Pin, Timer\nt = Timer(period=1, callback=lambda t: Pin(3, Pin.OUT).value(1))",
      "from machine import Timer\ndef f(t):\n  while True: pass\nt = Timer(period=1, callback=f)",
      "import machine\nmachine.reset()",
      "import micropython\nmicropython.heap_lock()\nmicropython.schedule(print, 1)",
      "import micropython\nmicropython.kbd_intr(-1)\nwhile True:\n  try:\n    while True: pass\n  except "
      "BaseException: pass",
      "1 +",
      "\xff\xfe",
      std::string(1'000'000, '('),
  };
  return scripts;
}

}  // namespace

std::string Dice::bytes(size_t size) {
  std::string bytes(size, '\0');
  for (char& c : bytes) c = static_cast<char>(below(256));
  return bytes;
}

std::string RandomRequest::encoding_of(const Descriptor& type) {
  if (dice_.once_in(50)) return dice_.bytes(dice_.below(200));
  const std::unique_ptr<Message> message(MessageFactory::generated_factory()->GetPrototype(&type)->New());
  fill(*message, 0);
  std::string bytes = message->SerializePartialAsString();
  return dice_.once_in(4) ? mutated(std::move(bytes)) : bytes;
}

std::string RandomRequest::mutated(std::string bytes) {
  for (uint64_t changes = 1 + dice_.below(4); changes > 0 && !bytes.empty(); --changes) {
    const size_t at = dice_.below(bytes.size());
    switch (dice_.below(5)) {
      case 0:
        bytes[at] = static_cast<char>(dice_.below(256));
        break;
      case 1:
        bytes[at] = static_cast<char>(bytes[at] ^ (1 << dice_.below(8)));
        break;
      case 2:
        bytes.resize(at);
        break;
      case 3:
        bytes.insert(at, dice_.once_in(3) ? std::string(10, '\xff') : dice_.bytes(1 + dice_.below(8)));
        break;
      case 4:
        bytes += bytes.substr(at, 1000);
        break;
    }
  }
  return bytes;
}

void RandomRequest::fill(Message& message, int depth) {
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor& field = *message.GetDescriptor()->field(i);
    if (dice_.once_in(3)) continue;
    if (field.containing_oneof() && message.GetReflection()->HasOneof(message, field.containing_oneof())) continue;
    if (!field.is_repeated()) {
      set(message, field, depth);
      continue;
    }
    for (uint64_t n = dice_.once_in(100) ? 2000 : dice_.below(4); n > 0; --n) add(message, field, depth);
  }
}

void RandomRequest::set(Message& message, const FieldDescriptor& field, int depth) {
  const auto* reflection = message.GetReflection();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_MESSAGE:
      if (depth < kDeepest) fill(*reflection->MutableMessage(&message, &field), depth + 1);
      break;
    case FieldDescriptor::CPPTYPE_STRING:
      reflection->SetString(&message, &field, text_for(field));
      break;
    case FieldDescriptor::CPPTYPE_ENUM:
      reflection->SetEnumValue(&message, &field, static_cast<int>(dice_.once_in(5) ? number() : dice_.below(5)));
      break;
    case FieldDescriptor::CPPTYPE_BOOL:
      reflection->SetBool(&message, &field, dice_.once_in(2));
      break;
    case FieldDescriptor::CPPTYPE_UINT32:
      reflection->SetUInt32(&message, &field, static_cast<uint32_t>(number()));
      break;
    case FieldDescriptor::CPPTYPE_UINT64:
      reflection->SetUInt64(&message, &field, number());
      break;
    case FieldDescriptor::CPPTYPE_INT32:
      reflection->SetInt32(&message, &field, static_cast<int32_t>(number()));
      break;
    case FieldDescriptor::CPPTYPE_INT64:
      reflection->SetInt64(&message, &field, static_cast<int64_t>(number()));
      break;
    default:  // requests have no others
      break;
  }
}

void RandomRequest::add(Message& message, const FieldDescriptor& field, int depth) {
  const auto* reflection = message.GetReflection();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_MESSAGE:
      if (depth < kDeepest) fill(*reflection->AddMessage(&message, &field), depth + 1);
      break;
    case FieldDescriptor::CPPTYPE_STRING:
      reflection->AddString(&message, &field, text_for(field));
      break;
    case FieldDescriptor::CPPTYPE_ENUM:
      reflection->AddEnumValue(&message, &field, static_cast<int>(dice_.below(25)));
      break;
    default:  // requests have no others
      break;
  }
}

std::string RandomRequest::text_for(const FieldDescriptor& field) {
  if (dice_.once_in(20)) return dice_.bytes(dice_.below(40));
  if (dice_.once_in(2000)) return std::string(4 << 20, 'x');
  if (field.type() == FieldDescriptor::TYPE_BYTES) return dice_.one_of(scripts());
  return dice_.one_of(names());
}

uint64_t RandomRequest::number() {
  static const std::vector<uint64_t> numbers = {0,
                                                1,
                                                2,
                                                3,
                                                8,
                                                63,
                                                64,
                                                1000,
                                                1 << 15,
                                                1 << 16,
                                                1 << 20,
                                                1ull << 32,
                                                std::numeric_limits<uint32_t>::max(),
                                                100,
                                                1 << 24,
                                                ~uint64_t{},
                                                1ull << 63};
  return dice_.once_in(4) ? dice_.bits() >> dice_.below(64) : dice_.one_of(numbers);
}

}  // namespace fuzz_requests
