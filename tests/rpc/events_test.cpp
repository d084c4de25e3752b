#include <atomic>
#include <thread>

#include "rpc_test.h"

namespace upyd {
namespace {

using grpc::StatusCode;
using upyclient::WatchStream;

class EventsTest : public RpcTest {
 protected:
  /// A watch that has begun.
  WatchStream watch(const std::vector<std::string>& instances = {}, const std::vector<v1::EventKind>& kinds = {}) {
    v1::WatchEventsRequest request;
    request.mutable_instances()->Assign(instances.begin(), instances.end());
    request.mutable_kinds()->Assign(kinds.begin(), kinds.end());
    WatchStream stream = upyd().watch_events(request);
    v1::WatchEventsResponse response;
    EXPECT_TRUE(stream.read(response));
    EXPECT_EQ(response.events_size(), 0) << "the first says that watching has begun";
    return stream;
  }

  /// Reads events until there are `count`, or one of that kind has come.
  static std::vector<v1::Event> read(WatchStream& stream, size_t count, v1::Event::EventCase last) {
    std::vector<v1::Event> events;
    v1::WatchEventsResponse response;
    while (events.size() < count && (events.empty() || events.back().event_case() != last) && stream.read(response)) {
      events.insert(events.end(), response.events().begin(), response.events().end());
    }
    return events;
  }
  static std::vector<v1::Event> read(WatchStream& stream, size_t count) {
    return read(stream, count, v1::Event::EVENT_NOT_SET);
  }
};

TEST_F(EventsTest, TheLifeOfAnInstance) {
  auto stream = watch();
  create("a");
  const auto record = run(in("a", "raise ValueError('no')"));
  remove("a");
  const auto events = read(stream, 4);
  EXPECT_FALSE(events[0].instance_created().owned_by_run());
  EXPECT_EQ(events[1].run_started().run_id(), record.started.run_id());
  EXPECT_EQ(events[1].run_started().file(), "<stdin>");
  EXPECT_EQ(events[2].run_ended().run_id(), record.started.run_id());
  EXPECT_EQ(events[2].run_ended().outcome().exception().type(), "ValueError");
  EXPECT_EQ(events[2].run_ended().outcome().exit_status(), 1);
  EXPECT_EQ(events[3].instance_deleted().reason(), v1::InstanceDeleted::REASON_REQUEST);
  for (size_t i = 0; i < events.size(); ++i) {
    EXPECT_EQ(events[i].instance(), "a");
    EXPECT_EQ(events[i].sequence(), i + 1);
    EXPECT_GT(events[i].time().seconds(), 1'600'000'000);
    EXPECT_GE(events[i].timestamp_ns(), events[i > 0 ? i - 1 : 0].timestamp_ns());
  }
}

TEST_F(EventsTest, AnInstanceForOneRun) {
  auto stream = watch();
  run(alone("import sys\nsys.exit(3)"));
  const auto events = read(stream, 4);
  EXPECT_TRUE(events[0].instance_created().owned_by_run());
  EXPECT_TRUE(events[1].has_run_started());
  EXPECT_TRUE(events[2].run_ended().outcome().has_finished());
  EXPECT_EQ(events[2].run_ended().outcome().exit_status(), 3);
  EXPECT_EQ(events[3].instance_deleted().reason(), v1::InstanceDeleted::REASON_RUN_ENDED);
}

TEST_F(EventsTest, ACallbackThatRaises) {
  create("a");
  auto stream = watch({"a"}, {v1::EVENT_KIND_CALLBACK_RAISED});
  const auto record = run(in("a",
                             "import micropython, time\n"
                             "def fail(x): raise ValueError(x)\n"
                             "micropython.schedule(fail, 'no')\n"
                             "time.sleep_ms(1)\n"
                             "print('on')"));
  const auto events = read(stream, 1);
  EXPECT_EQ(events[0].callback_raised().type(), "ValueError");
  EXPECT_EQ(events[0].callback_raised().report() + "on\n", record.out);
  EXPECT_TRUE(events[0].callback_raised().report().ends_with("line 2, in fail\nValueError: no\n"));
}

TEST_F(EventsTest, AHardHandlerThatRaises) {
  create("a");
  auto stream = watch({"a"}, {v1::EVENT_KIND_CALLBACK_RAISED});
  run(in("a",
         "import time\n"
         "from machine import Timer\n"
         "t = Timer(period=1, hard=True, callback=lambda t: bytearray(1))\n"
         "time.sleep_ms(50)"));
  const auto events = read(stream, 1);
  EXPECT_EQ(events[0].callback_raised().type(), "MemoryError");
  EXPECT_TRUE(events[0].callback_raised().report().starts_with("Uncaught exception in IRQ callback handler\n"));
}

TEST_F(EventsTest, LostEventsAreTold) {
  create("a");
  auto stream = watch({"a"}, {v1::EVENT_KIND_EVENTS_LOST, v1::EVENT_KIND_INSTANCE_DELETED});
  run(in("a",
         "import machine, micropython, time\n"
         "timers = [machine.Timer(period=1, callback=lambda t: None) for i in range(12)]\n"
         "micropython.schedule(lambda x: time.sleep_ms(100), None)\n"
         "time.sleep_ms(1)"));
  v1::GetMemInfoRequest request;
  request.set_instance("a");
  run(in("a", "for t in timers: t.deinit()"));
  const uint64_t dropped = upyd().get_mem_info(request).schedule().dropped();
  remove("a");
  const auto events = read(stream, SIZE_MAX, v1::Event::kInstanceDeleted);
  ASSERT_GE(events.size(), 2u);
  EXPECT_GT(dropped, 0u);
  EXPECT_EQ(events[events.size() - 2].events_lost().total(), dropped);
}

TEST_F(EventsTest, FiltersChoose) {
  auto stream = watch({"b", "c"}, {v1::EVENT_KIND_INSTANCE_CREATED, v1::EVENT_KIND_RUN_STARTED});
  create("a");
  create("b");
  run(in("a", ""));
  run(in("b", ""));
  create("c");
  const auto events = read(stream, 3);
  EXPECT_EQ(events[0].instance(), "b");
  EXPECT_TRUE(events[1].has_run_started());
  EXPECT_EQ(events[2].instance(), "c");
  EXPECT_EQ(events[2].sequence(), 3u) << "only what is watched counts";
}

TEST_F(EventsTest, KindsMustBeKinds) {
  v1::WatchEventsRequest request;
  v1::WatchEventsResponse response;
  for (const int kind : {0, 1, 99, -1}) {
    request.clear_kinds();
    request.add_kinds(static_cast<v1::EventKind>(kind));
    EXPECT_EQ(code_of([&] { upyd().watch_events(request).read(response); }), StatusCode::INVALID_ARGUMENT) << kind;
  }
}

TEST_F(EventsTest, AReaderThatDoesNotReadIsToldWhatItLost) {
  create("a");
  auto stream = watch();
  constexpr uint64_t kCallbacks = 20'000;
  run(in("a",
         "import micropython\n"
         "def fail(x): raise ValueError('x' * 100)\n"
         "for i in range(20000):\n"
         "    while True:\n"
         "        try:\n"
         "            micropython.schedule(fail, None)\n"
         "            break\n"
         "        except RuntimeError: pass\n"));
  remove("a");
  uint64_t seen = 0, dropped = 0, sequence = 0;
  v1::WatchEventsResponse response;
  for (bool over = false; !over && stream.read(response);) {
    dropped += response.dropped();
    for (const v1::Event& event : response.events()) {
      ++seen;
      EXPECT_EQ(event.sequence(), seen + dropped);
      over = event.has_instance_deleted();
      sequence = event.sequence();
    }
  }
  EXPECT_GT(dropped, 0u);
  EXPECT_EQ(seen + dropped, sequence);
  EXPECT_EQ(sequence, kCallbacks + 3) << "the beginning and the end of the run, and the end of the instance";
}

TEST_F(EventsTest, WatchersMayVanish) {
  create("a");
  std::atomic<bool> is_over = false;
  std::thread worker([&] {
    while (!is_over) run(in("a", "pass"));
  });
  for (int i = 0; i < 30; ++i) {
    auto stream = watch();
    if (i % 2) read(stream, 1);
  }
  is_over = true;
  worker.join();
  auto stream = watch();
  run(in("a", "pass"));
  EXPECT_EQ(read(stream, 2).size(), 2u);
}

TEST(EventsAndShutdown, TheEndOfTheDaemonIsTold) {
  test_support::UpydProcess upyd("grace_ms = 300\n");
  v1::WatchEventsRequest request;
  request.add_kinds(v1::EVENT_KIND_INSTANCE_DELETED);
  auto stream = upyd.connection().watch_events(request);
  v1::WatchEventsResponse response;
  ASSERT_TRUE(stream.read(response));
  v1::CreateInstanceRequest creation;
  creation.set_name("a");
  upyd.connection().create_instance(creation);
  upyd.send_signal(SIGTERM);
  ASSERT_TRUE(stream.read(response));
  EXPECT_EQ(response.events(0).instance_deleted().reason(), v1::InstanceDeleted::REASON_SHUTDOWN);
  EXPECT_THROW(stream.read(response), upyclient::Error);
  EXPECT_EQ(upyd.wait().exit_status, 0);
}

}  // namespace
}  // namespace upyd
