#include "gpio/gpiod.h"
#include "kernel/kernel_test.h"

namespace upyd {
namespace {

const std::string kImport = "from machine import Pin\n";

/// Whether another program may have a line: itself in use while the object lives.
class OtherProgram {
 public:
  OtherProgram(const test_support::RigChip& chip, uint32_t offset)
      : device_(gpiod::Device::open(chip.device(), error_)),
        request_(device_->request(offset, {.mode = LineMode::In}, error_)) {}
  int error() const { return request_ ? 0 : error_; }
  std::string consumer(uint32_t offset) { return device_->look(offset).consumer; }

 private:
  int error_ = 0;
  std::unique_ptr<gpiod::Device> device_;
  std::unique_ptr<gpiod::Request> request_;
};

class SharingTest : public KernelTest {
 protected:
  SharingTest()
      : KernelTest(
            "[gpio.at_end]\n"
            "'rig:1' = 'low'\n"
            "'rig:2' = 'high'\n"
            "'rig:3' = 'keep'\n") {
    create("b");
  }
};

TEST_F(SharingTest, AnOutputHasOneWriterAndManyReaders) {
  output_of("a", kImport + "led = Pin('rig:0', Pin.OUT, value=1)");
  EXPECT_EQ(chip_->level(0), 1);
  const auto second = run(in("b", kImport + "Pin('rig:0', Pin.OUT)"));
  EXPECT_EQ(second.outcome.exception().type(), "OSError");
  EXPECT_NE(second.outcome.exception().message().find("rig:0 is already an output of instance 'a'"), std::string::npos)
      << second.outcome.exception().message();
  EXPECT_EQ(output_of("b", "print(Pin('rig:0', Pin.IN).value())"), "1\n");
  output_of("a", "led.off()");
  EXPECT_EQ(chip_->level(0), 0);
  EXPECT_EQ(output_of("b", "print(Pin('rig:0').value())"), "0\n");
}

TEST_F(SharingTest, AReaderIsToldOfTheWritersEdges) {
  output_of("a", kImport + "led = Pin('rig:0', Pin.OUT, value=0)");
  output_of("b", kImport + "edges = []\nirq = Pin('rig:0').irq(lambda pin: edges.append(irq.flags()))");
  output_of("a", "led.on(); led.on(); led.off(); led.toggle()");
  EXPECT_TRUE(soon([&] { return output_of("b", "print(len(edges))") == "3\n"; }));
}

TEST_F(SharingTest, TheWriterMayBeTheNextOne) {
  output_of("a", kImport + "led = Pin('rig:0', Pin.OUT, value=1)");
  remove("a");
  output_of("b", kImport + "led = Pin('rig:0', Pin.OUT, value=0)");
  EXPECT_EQ(line("rig:0").writer(), "b");
  EXPECT_EQ(chip_->level(0), 0);
}

TEST_F(SharingTest, ALineIsTakenOnceAndGivenBackByTheLast) {
  output_of("a", kImport + "pin = Pin('rig:0', Pin.IN)");
  output_of("b", kImport + "pin = Pin('rig:0', Pin.IN)");
  EXPECT_EQ(OtherProgram(*chip_, 0).error(), EBUSY);
  remove("a");
  EXPECT_EQ(OtherProgram(*chip_, 0).error(), EBUSY);
  EXPECT_EQ(OtherProgram(*chip_, 1).consumer(0), "upyd");
  remove("b");
  EXPECT_EQ(OtherProgram(*chip_, 0).error(), 0);
}

TEST_F(SharingTest, ALineOfAnotherProgramIsBusy) {
  OtherProgram other(*chip_, 0);
  const auto record = run(in("a", kImport + "try: Pin('rig:0', Pin.IN)\n"
                                            "except OSError as e: print(e.errno, e)"));
  EXPECT_TRUE(record.out.starts_with(std::to_string(EBUSY))) << record.out << record.err;
  EXPECT_NE(record.out.find("rig:0 is in use by "), std::string::npos) << record.out;
}

TEST_F(SharingTest, AnOutputGoesToItsSafeLevelWhenItsInstanceEnds) {
  output_of("a", kImport +
                     "pins = [Pin('rig:1', Pin.OUT, value=1), Pin('rig:2', Pin.OUT, value=0),\n"
                     "        Pin('rig:3', Pin.OUT, value=1)]\n");
  EXPECT_EQ(chip_->level(1), 1);
  EXPECT_EQ(chip_->level(2), 0);
  auto stream = upyd().run(in("a", "print('busy')\nwhile True: pass"));
  read_until(stream, "busy");
  remove("a");
  EXPECT_EQ(chip_->level(1), 0);
  EXPECT_EQ(chip_->level(2), 1);
  EXPECT_EQ(chip_->level(3), 1);
  EXPECT_TRUE(line("rig:3").kept());
  EXPECT_EQ(OtherProgram(*chip_, 1).error(), EBUSY) << "the daemon holds it at that level";
}

TEST_F(SharingTest, TheLastEdgeOfAnOutputReachesWhoWatchesIt) {
  struct Case {
    const char *line, *before, *edges;
  };
  for (const Case& test : {Case{"rig:0", "1", "[2]\n"}, Case{"rig:2", "0", "[1]\n"}, Case{"rig:3", "1", "[]\n"}}) {
    const std::string pin = "Pin('" + std::string(test.line) + "'";
    output_of("a", kImport + "pin = " + pin + ", Pin.OUT, value=" + test.before + ")");
    output_of("b", kImport + "edges = []\npin = " + pin + ")\nirq = pin.irq(lambda pin: edges.append(irq.flags()))");
    remove("a");
    EXPECT_TRUE(soon([&] { return output_of("b", "print(edges)") == test.edges; }))
        << test.line << output_of("b", "print(edges)");
    create("a");
  }
}

TEST_F(SharingTest, ADaemonThatIsKilledLeavesNoLineBehind) {
  output_of("a", kImport +
                     "out = Pin('rig:0', Pin.OUT, value=1)\n"
                     "irq = Pin('rig:4', Pin.IN).irq(print)\n");
  EXPECT_EQ(OtherProgram(*chip_, 0).error(), EBUSY);
  EXPECT_EQ(OtherProgram(*chip_, 4).error(), EBUSY);
  upyd_.send_signal(SIGKILL);
  EXPECT_EQ(upyd_.wait().exit_status, 128 + SIGKILL);
  EXPECT_EQ(OtherProgram(*chip_, 0).error(), 0);
  EXPECT_EQ(OtherProgram(*chip_, 4).error(), 0);
  test_support::UpydProcess next(kConfig);
  v1::RunRequest request =
      alone(kImport + "print(Pin('rig:0', Pin.OUT, value=0).value(), Pin('rig:4', Pin.IN).value())");
  auto stream = next.connection().run(request);
  EXPECT_EQ(finish(stream).out, "0 0\n");
}

}  // namespace
}  // namespace upyd
