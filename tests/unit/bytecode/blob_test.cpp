#include "bytecode/blob.h"

#include <gtest/gtest.h>

#include <bit>

#include "bytecode/disassembler.h"
#include "units.h"

namespace upy::testing {
namespace {

CodeUnit rich_unit() {
  CodeUnit unit = module_of({set(0), Instr(Op::LOAD_INT, 0, 1, -70000), op(Op::ADD, 1, 0, 1, 1), return_none()});
  unit.handlers = {{0, 2, 3, 1}};
  unit.children[0].captures = {{false, 3}};
  unit.constants = {int_constant(0),
                    int_constant(kSmallIntMin),
                    int_constant(kSmallIntMax),
                    float_constant(-0.0),
                    text_constant(Constant::Kind::BigInt, "-123456789abcdef012345"),
                    text_constant(Constant::Kind::Bytes, std::string("\0\xff", 2)),
                    tuple_constant({text_constant(Constant::Kind::Str, "x"), tuple_constant({})})};
  return unit;
}

std::string error_of(std::string_view blob) {
  const auto loaded = load(blob);
  const auto* error = std::get_if<std::string>(&loaded);
  return error != nullptr ? *error : "";
}

TEST(Blob, KeepsEverything) {
  const CodeUnit unit = rich_unit();
  const std::string blob = save(unit);
  const auto loaded = load(blob);
  ASSERT_TRUE(std::holds_alternative<CodeUnit>(loaded)) << error_of(blob);
  const CodeUnit& copy = std::get<CodeUnit>(loaded);
  EXPECT_EQ(save(copy), blob);
  EXPECT_EQ(disassemble(copy), disassemble(unit));
  EXPECT_EQ(copy.constants, unit.constants);
  EXPECT_EQ(copy.children[0].captures[0].index, 3);
}

TEST(Blob, TellsWhatIsNoBlob) {
  EXPECT_EQ(error_of(""), "not a code blob");
  EXPECT_EQ(error_of("print('hello')"), "not a code blob");
  EXPECT_EQ(error_of("UPYB"), "damaged code blob: it ends early");
}

TEST(Blob, IsOfOneVersionOfTheInterpreter) {
  const std::string of_another =
      "code blob of another version of the interpreter: compile its source again with this one";
  EXPECT_EQ(error_of("UPYB\x01 and more"), of_another);
  std::string blob = save(rich_unit());
  blob[5] ^= 1;  // in the fingerprint of the instruction set
  EXPECT_EQ(error_of(blob), of_another);
}

TEST(Blob, MayEndInASeal) {
  const std::string blob = save(rich_unit());
  const std::string sealed = with_seal(blob);
  EXPECT_FALSE(has_seal(blob));
  EXPECT_TRUE(has_seal(sealed));
  EXPECT_EQ(sealed.size(), blob.size() + kSealBytes);
  const auto loaded = load(sealed);
  ASSERT_TRUE(std::holds_alternative<CodeUnit>(loaded)) << error_of(sealed);
  EXPECT_EQ(save(std::get<CodeUnit>(loaded)), blob);
}

/// A host with so much memory, which counts how often it is asked to look up.
struct Host final : Meter {
  explicit Host(size_t bytes, size_t most_polls = SIZE_MAX) : left(bytes), most_polls(most_polls) {}
  bool charge(size_t bytes) override {
    if (bytes > left) return false;
    left -= bytes;
    return true;
  }
  bool poll() override { return ++polls <= most_polls; }
  size_t left, most_polls, polls = 0;
};

TEST(Blob, TakesMemoryInProportion) {
  CodeUnit unit = module_of({return_none()});
  for (int i = 0; i < 100'000; ++i) unit.constants.push_back(tuple_constant({}));  // the dearest: two bytes each
  const std::string blob = save(unit);
  Host host(1u << 30);
  ASSERT_TRUE(std::holds_alternative<CodeUnit>(load(blob, host)));
  EXPECT_LT((1u << 30) - host.left, 200 * blob.size());
  Host small(blob.size());
  EXPECT_EQ(std::get<std::string>(load(blob, small)), kOutOfMemory);
  Host hasty(1u << 30, 3);
  EXPECT_EQ(std::get<std::string>(load(blob, hasty)), kAbandoned);
}

TEST(Blob, RefusesEveryTruncation) {
  const std::string blob = save(rich_unit());
  for (size_t size = 0; size < blob.size(); ++size) EXPECT_NE(error_of(blob.substr(0, size)), "") << size;
  EXPECT_NE(error_of(blob + '\0'), "");
}

TEST(Blob, EveryChangedByteIsRefusedOrKept) {
  const std::string blob = save(rich_unit());
  for (size_t at = 0; at < blob.size(); ++at) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string changed = blob;
      changed[at] = static_cast<char>(changed[at] ^ 1 << bit);
      const auto loaded = load(changed);
      if (const auto* unit = std::get_if<CodeUnit>(&loaded)) {
        EXPECT_EQ(save(*unit), changed);
      }
    }
  }
}

TEST(Blob, LyingLengthsCostNothing) {
  // The name's length is the first number after the header; it claims 2^62 bytes.
  const std::string header = save(rich_unit()).substr(0, kBlobHeaderBytes);
  EXPECT_NE(error_of(header + "\x80\x80\x80\x80\x80\x80\x80\x80\x40").find("length beyond the end"), std::string::npos);
}

TEST(Blob, NestingIsBounded) {
  Constant nested;
  for (int i = 0; i < kMaxUnitNesting; ++i) nested = tuple_constant({nested});
  CodeUnit unit = module_of({return_none()});
  unit.constants = {nested.items[0]};
  EXPECT_EQ(error_of(save(unit)), "");
  unit.constants = {nested};
  EXPECT_NE(error_of(save(unit)), "");

  CodeUnit tower = module_of({return_none()});
  for (int i = 0; i < kMaxUnitNesting; ++i) {
    CodeUnit above = module_of({return_none()});
    above.children = {tower};
    tower = above;
  }
  EXPECT_NE(error_of(save(tower)).find("nest too deep"), std::string::npos);
}

TEST(Constants, AreEqualByKindAndContent) {
  EXPECT_NE(float_constant(0.0), float_constant(-0.0));
  EXPECT_EQ(float_constant(std::bit_cast<double>(0x7ff8000000000000)),
            float_constant(std::bit_cast<double>(0x7ff8000000000000)));
  EXPECT_NE(int_constant(1), float_constant(1));
  EXPECT_NE(text_constant(Constant::Kind::Str, "a"), text_constant(Constant::Kind::Bytes, "a"));
  EXPECT_EQ(tuple_constant({int_constant(1)}), tuple_constant({int_constant(1)}));
  EXPECT_NE(tuple_constant({int_constant(1)}), tuple_constant({int_constant(2)}));
}

}  // namespace
}  // namespace upy::testing
