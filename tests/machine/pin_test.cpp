#include <gtest/gtest.h>

#include "support/script_host.h"

/// machine.Pin as scripts see it, on lines that remember what is asked of them.
namespace {

using upy::PinConfig;
using upy::PortError;

/// Lines by offset. An input follows its pull.
class Lines final : public upy::Pins {
 public:
  PortError request(const Id& id, const PinConfig& config, Handle& handle) override {
    handle = static_cast<Handle>(std::get<int64_t>(id));
    return configure(handle, config);
  }
  PortError configure(Handle, const PinConfig& config) override {
    if (config.mode != PinConfig::Mode::Unchanged) mode = config.mode;
    if (config.pull != PinConfig::Pull::Unchanged) pull = config.pull;
    if (config.initial >= 0) level = config.initial;
    return {};
  }
  PortError read(Handle, int& now) override {
    now = mode == PinConfig::Mode::In ? pull == PinConfig::Pull::Up : level;
    return {};
  }
  PortError write(Handle, int to) override {
    level = to;
    return {};
  }
  PortError watch(Handle, int, upy::EventToken, upy::EventSink&) override { return {}; }
  void count_dropped(Handle, uint32_t) override {}
  uint64_t dropped(Handle) override { return 0; }
  void release(Handle) override {}
  std::string name(Handle handle) override { return "line" + std::to_string(handle); }

  PinConfig::Mode mode = PinConfig::Mode::Unchanged;
  PinConfig::Pull pull = PinConfig::Pull::Unchanged;
  int level = 0;
};

class PinTest : public testing::Test {
 protected:
  /// What the script prints.
  std::string run(const std::string& script) {
    host_.run("from machine import Pin\n" + script);
    EXPECT_EQ(host_.take_errors(), "");
    return host_.take_output();
  }

  Lines lines_;
  ScriptHost host_{{}, &lines_};
};

TEST_F(PinTest, HighAndLow) {
  run("Pin(3, Pin.OUT).high()");
  EXPECT_EQ(lines_.level, 1);
  EXPECT_EQ(run("pin = Pin(3)\npin.low()\nprint(pin.value())"), "0\n");
}

TEST_F(PinTest, TellsAndChangesItsMode) {
  EXPECT_EQ(run("pin = Pin(3)\nprint(pin.mode())"), "-1\n");
  EXPECT_EQ(run("pin.mode(Pin.OUT)\nprint(pin.mode() == Pin.OUT)"), "True\n");
  EXPECT_EQ(lines_.mode, PinConfig::Mode::Out);
  EXPECT_EQ(run("pin.init(Pin.IN)\nprint(pin.mode() == Pin.IN, Pin(3).mode() == Pin.IN)"), "True True\n");
  EXPECT_EQ(run("pin.mode(-1)\nprint(pin.mode() == Pin.IN, pin)"), "True Pin('line3', mode=Pin.IN)\n");
}

TEST_F(PinTest, TellsAndChangesItsPull) {
  EXPECT_EQ(run("pin = Pin(3, Pin.IN)\nprint(pin.pull())"), "None\n");
  EXPECT_EQ(run("pin.pull(Pin.PULL_UP)\nprint(pin.pull() == Pin.PULL_UP, pin.value(), pin.mode() == Pin.IN)"),
            "True 1 True\n");
  EXPECT_EQ(run("pin.init(pull=Pin.PULL_DOWN)\nprint(pin.pull() == Pin.PULL_DOWN, pin.value())"), "True 0\n");
  EXPECT_EQ(run("pin.init(Pin.OUT)\nprint(pin.pull() == Pin.PULL_DOWN)\npin.pull(None)\nprint(pin.pull())"),
            "True\nNone\n");
  EXPECT_EQ(lines_.pull, PinConfig::Pull::None);
}

TEST_F(PinTest, HasOneStrengthAndNoOtherFunction) {
  EXPECT_EQ(run("pin = Pin(3, Pin.OUT, drive=Pin.DRIVE_0, alt=-1)\npin.drive(Pin.DRIVE_0)\nprint(pin.drive() == "
                "Pin.DRIVE_0)"),
            "True\n");
  EXPECT_EQ(run("for wrong in (lambda: pin.drive(1), lambda: Pin(3, drive=2), lambda: pin.init(alt=1)):\n"
                "    try: wrong()\n"
                "    except ValueError as e: print(e)"),
            "the strength of a GPIO line can't be set on Linux: drive must be Pin.DRIVE_0\n"
            "the strength of a GPIO line can't be set on Linux: drive must be Pin.DRIVE_0\n"
            "a GPIO line has no other function here: alt must be -1\n");
}

TEST_F(PinTest, RefusesWhatItCanNotBe) {
  EXPECT_EQ(run("pin = Pin(3)\n"
                "for wrong in (lambda: pin.mode(9), lambda: pin.pull(9)):\n"
                "    try: wrong()\n"
                "    except ValueError as e: print(e)\n"
                "print(pin.mode(), pin.pull())"),
            "mode must be Pin.IN, Pin.OUT or Pin.OPEN_DRAIN\n"
            "pull must be None, Pin.PULL_UP or Pin.PULL_DOWN\n"
            "-1 None\n");
}

}  // namespace
