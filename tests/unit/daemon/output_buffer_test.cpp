#include "instances/output_buffer.h"

#include <gtest/gtest.h>

#include <thread>

namespace upyd {
namespace {

using Stream = upy::Console::Stream;
constexpr OutputBuffer::Timeout kNone{0};

/// All that can be read, as text: "out:", "err:" or "lost:" before each piece.
std::string read_all(OutputBuffer& buffer) {
  std::string text;
  while (auto piece = buffer.take()) {
    text += piece->stream == Stream::Out ? "out:" : "err:";
    text += piece->dropped ? "lost " + std::to_string(piece->dropped) : piece->data;
    text += '|';
  }
  return text;
}

TEST(OutputBufferTest, KeepsTheOrderAcrossStreams) {
  OutputBuffer buffer(100, kNone, [] {});
  buffer.write(Stream::Out, "a");
  buffer.write(Stream::Out, "b");
  buffer.write(Stream::Err, "c");
  buffer.write(Stream::Out, "d");
  EXPECT_EQ(read_all(buffer), "out:ab|err:c|out:d|");
}

TEST(OutputBufferTest, TellsWhatWasDroppedWhereItWas) {
  OutputBuffer buffer(4, kNone, [] {});
  buffer.write(Stream::Out, "abcdef");
  buffer.write(Stream::Out, "gh");
  buffer.write(Stream::Err, "i");
  EXPECT_EQ(buffer.take()->data, "abcd");
  buffer.write(Stream::Out, "jk");
  EXPECT_EQ(read_all(buffer), "out:lost 4|err:lost 1|out:jk|");
}

TEST(OutputBufferTest, AScriptThatChangesTheStreamWithEachByteFillsNoMore) {
  OutputBuffer buffer(1000, kNone, [] {});
  constexpr int kWrites = 10'000;
  for (int i = 0; i < kWrites; ++i) {
    buffer.write(Stream::Out, "o");
    buffer.write(Stream::Err, "e");
  }
  size_t pieces = 0;
  uint64_t bytes = 0;
  for (; const auto piece = buffer.take(); ++pieces) bytes += piece->data.size() + piece->dropped;
  EXPECT_LT(pieces, 100u);
  EXPECT_EQ(bytes, 2u * kWrites);
}

TEST(OutputBufferTest, CutsPieces) {
  OutputBuffer buffer(1u << 20, kNone, [] {});
  buffer.write(Stream::Out, std::string(OutputBuffer::kLongestPiece + 1, 'x'));
  EXPECT_EQ(buffer.take()->data.size(), OutputBuffer::kLongestPiece);
  EXPECT_EQ(buffer.take()->data.size(), 1u);
  EXPECT_FALSE(buffer.take());
}

TEST(OutputBufferTest, WakesTheReaderOnceUntilItFindsNothing) {
  int wakes = 0;
  OutputBuffer buffer(100, kNone, [&] { ++wakes; });
  buffer.write(Stream::Out, "a");
  buffer.write(Stream::Err, "b");
  EXPECT_EQ(wakes, 1);
  read_all(buffer);
  buffer.write(Stream::Out, "c");
  EXPECT_EQ(wakes, 2);
}

TEST(OutputBufferTest, AWriterWaitsForASlowReader) {
  OutputBuffer buffer(1000, std::chrono::seconds(60), [] {});
  const std::string all(10'000, 'x');
  std::string read;
  std::thread reader([&] {
    while (read.size() < all.size()) {
      if (auto piece = buffer.take()) {
        read += piece->data;
      } else {
        std::this_thread::yield();
      }
    }
  });
  buffer.write(Stream::Out, all);
  reader.join();
  EXPECT_EQ(read, all);
}

TEST(OutputBufferTest, TheTimeoutComesBackWithTheReader) {
  OutputBuffer buffer(4, std::chrono::milliseconds(20), [] {});
  buffer.write(Stream::Out, "abcde");
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < 1000; ++i) buffer.write(Stream::Out, "f");
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
  EXPECT_EQ(read_all(buffer), "out:abcd|out:lost 1001|");
  const auto again = std::chrono::steady_clock::now();
  buffer.write(Stream::Out, "abcde");
  EXPECT_GE(std::chrono::steady_clock::now() - again, std::chrono::milliseconds(20));
}

TEST(OutputBufferTest, StopWaitingEndsTheWait) {
  OutputBuffer buffer(4, std::chrono::hours(1), [] {});
  std::thread writer([&] { buffer.write(Stream::Out, "abcdef"); });
  buffer.stop_waiting();
  writer.join();
  EXPECT_EQ(read_all(buffer), "out:abcd|out:lost 2|");
}

TEST(OutputBufferTest, AClosedBufferTakesEverythingAndKeepsNothing) {
  OutputBuffer buffer(4, std::chrono::hours(1), [] {});
  std::thread writer([&] { buffer.write(Stream::Out, "abcdef"); });
  buffer.close();
  writer.join();
  buffer.write(Stream::Out, "gh");
  EXPECT_EQ(read_all(buffer), "");
}

}  // namespace
}  // namespace upyd
