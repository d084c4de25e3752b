#include <numeric>
#include <thread>

#include "rpc_test.h"

namespace upyd {
namespace {

using grpc::StatusCode;

class InstancesTest : public RpcTest {
 protected:
  v1::Instance get(const std::string& name) {
    v1::GetInstanceRequest request;
    request.set_name(name);
    return upyd().get_instance(request);
  }
};

TEST_F(InstancesTest, CreateTellsTheSettingsInForce) {
  v1::InstanceConfig config;
  config.set_heap_bytes(1u << 20);
  const auto instance = create("one", config);
  EXPECT_EQ(instance.name(), "one");
  EXPECT_EQ(instance.config().heap_bytes(), 1u << 20);
  EXPECT_EQ(instance.config().stack_bytes(), upyd().get_status().default_config().stack_bytes());
  EXPECT_GT(instance.create_time().seconds(), 1'600'000'000);
  EXPECT_FALSE(instance.owned_by_run());
  EXPECT_FALSE(instance.has_run());
}

TEST_F(InstancesTest, AnEmptyNameIsChosen) {
  const std::string first = create("").name(), second = create("").name();
  EXPECT_NE(first, second);
  EXPECT_EQ(get(first).name(), first);
}

TEST_F(InstancesTest, ListIsSorted) {
  create("b");
  create("a");
  const auto list = upyd().list_instances();
  ASSERT_EQ(list.instances_size(), 2);
  EXPECT_EQ(list.instances(0).name(), "a");
  EXPECT_EQ(list.instances(1).name(), "b");
}

TEST_F(InstancesTest, CreateRefusesWhatIsWrong) {
  for (const std::string name : {"a b", "-a", ".a", "a/b", "\xC3\xA4"}) {
    EXPECT_EQ(code_of([&] { create(name); }), StatusCode::INVALID_ARGUMENT) << name;
  }
  EXPECT_EQ(code_of([&] { create(std::string(64, 'a')); }), StatusCode::INVALID_ARGUMENT);
  v1::InstanceConfig config;
  config.set_heap_bytes(1);
  EXPECT_EQ(code_of([&] { create("a", config); }), StatusCode::INVALID_ARGUMENT);
  config.Clear();
  config.set_mounts(v1::MOUNT_ACCESS_READ);
  EXPECT_EQ(code_of([&] { create("a", config); }), StatusCode::PERMISSION_DENIED);
  create("a");
  EXPECT_EQ(code_of([&] { create("a"); }), StatusCode::ALREADY_EXISTS);
}

TEST_F(InstancesTest, AHeapTheSystemCannotReserveIsAClearError) {
  v1::InstanceConfig config;
  config.set_heap_bytes(uint64_t{16} << 30);
  const auto code = code_of([&] { create("huge", config); });
  EXPECT_TRUE(code == StatusCode::OK || code == StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(run(alone("print(1)")).out, "1\n");
}

TEST_F(InstancesTest, UnknownNamesAreNotFound) {
  EXPECT_EQ(code_of([&] { get("nobody"); }), StatusCode::NOT_FOUND);
  EXPECT_EQ(code_of([&] { remove("nobody"); }), StatusCode::NOT_FOUND);
  EXPECT_EQ(code_of([&] { run(in("nobody", "")); }), StatusCode::NOT_FOUND);
  EXPECT_EQ(code_of([&] { interrupt("nobody", v1::InterruptRequest::LEVEL_KILL); }), StatusCode::NOT_FOUND);
  v1::GetMemInfoRequest request;
  request.set_instance("nobody");
  EXPECT_EQ(code_of([&] { upyd().get_mem_info(request); }), StatusCode::NOT_FOUND);
}

TEST_F(InstancesTest, DeleteFreesTheName) {
  create("a");
  remove("a");
  EXPECT_EQ(code_of([&] { get("a"); }), StatusCode::NOT_FOUND);
  create("a");
}

TEST_F(InstancesTest, DeletingABusyInstanceNeedsForce) {
  create("a");
  auto stream = upyd().run(in("a", "print('on')\nwhile True: pass"));
  read_until(stream, "on");
  v1::DeleteInstanceRequest request;
  request.set_name("a");
  EXPECT_EQ(code_of([&] { upyd().delete_instance(request); }), StatusCode::FAILED_PRECONDITION);
  remove("a");
  EXPECT_EQ(finish(stream).outcome.killed().limit(), v1::Killed::LIMIT_REQUEST);
}

TEST_F(InstancesTest, ListTellsWhatRuns) {
  create("a");
  auto request = in("a", "print('on')\nwhile True: pass");
  request.set_file("loop.py");
  auto stream = upyd().run(request);
  const auto started = read_until(stream, "on").started;
  EXPECT_EQ(started.instance(), "a");
  const auto instance = get("a");
  EXPECT_EQ(instance.run().id(), started.run_id());
  EXPECT_EQ(instance.run().file(), "loop.py");
  EXPECT_EQ(instance.runs(), 1u);
  const auto status = upyd().get_status();
  EXPECT_EQ(status.running(), 1u);
  EXPECT_EQ(status.instances(), 1u);
  interrupt("a", v1::InterruptRequest::LEVEL_KILL);
  finish(stream);
  EXPECT_FALSE(get("a").has_run());
  EXPECT_GT(get("a").cpu_ns(), instance.cpu_ns());
}

TEST_F(InstancesTest, MemInfoOfAnIdleAndABusyInstance) {
  create("a");
  run(in("a", "kept = bytearray(100000)"));
  v1::GetMemInfoRequest request;
  request.set_instance("a");
  const auto idle = upyd().get_mem_info(request);
  EXPECT_GE(idle.heap_used(), 100000u);
  EXPECT_LE(idle.heap_used() + idle.heap_free(), idle.heap_total());
  EXPECT_NE(idle.text().find("GC: total:"), std::string::npos);
  EXPECT_EQ(idle.map_blocks_size(), 0);
  auto stream = upyd().run(in("a", "print('on')\nwhile True: pass"));
  read_until(stream, "on");
  request.set_verbose(true);
  const auto busy = upyd().get_mem_info(request);
  EXPECT_GE(busy.heap_used(), 100000u);
  EXPECT_GT(busy.text().size(), idle.text().size());
  EXPECT_EQ(busy.map_kinds().size(), static_cast<size_t>(busy.map_blocks_size()));
  EXPECT_EQ(std::accumulate(busy.map_blocks().begin(), busy.map_blocks().end(), uint64_t{0}) * 16, busy.heap_total());
  EXPECT_NE(busy.map_kinds().find('A'), std::string::npos);
  interrupt("a", v1::InterruptRequest::LEVEL_KILL);
  finish(stream);
}

TEST_F(InstancesTest, ExpiriesOfATimerAreCallbacksOrCoalesced) {
  create("a");
  const auto record = run(in("a",
                             "import machine, time\n"
                             "calls = 0\n"
                             "def slow(timer):\n"
                             "    global calls\n"
                             "    calls += 1\n"
                             "    time.sleep_ms(10)\n"
                             "t = machine.Timer(period=1, callback=slow)\n"
                             "while calls < 3: time.sleep_ms(1)\n"
                             "t.deinit()\n"
                             "time.sleep_ms(20)\n"  // for a callback that waits
                             "print(calls, t.coalesced())"));
  v1::GetMemInfoRequest request;
  request.set_instance("a");
  const auto schedule = upyd().get_mem_info(request).schedule();
  EXPECT_EQ(record.out, std::to_string(schedule.run()) + " " + std::to_string(schedule.coalesced()) + "\n");
  EXPECT_GT(schedule.coalesced(), 10u);
}

TEST_F(InstancesTest, QstrInfoCountsTheNamesOfScripts) {
  create("a");
  v1::GetQstrInfoRequest request;
  request.set_instance("a");
  request.set_verbose(true);
  EXPECT_EQ(upyd().get_qstr_info(request).count(), 0u);
  run(in("a", "zonk = 1"));
  const auto info = upyd().get_qstr_info(request);
  EXPECT_EQ(info.count(), 1u);
  EXPECT_EQ(info.data_bytes(), 5u);
  EXPECT_GT(info.total_bytes(), 5u);
  ASSERT_EQ(info.strings_size(), 1);
  EXPECT_EQ(info.strings(0), "zonk");
  EXPECT_TRUE(info.text().ends_with("\nQ(zonk)\n")) << info.text();
  request.set_instance("nobody");
  EXPECT_EQ(code_of([&] { upyd().get_qstr_info(request); }), StatusCode::NOT_FOUND);
}

TEST_F(InstancesTest, CreateAndDeleteFromManyThreads) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([this, i] {
      for (int j = 0; j < 25; ++j) {
        const std::string name = "t" + std::to_string(i);
        create(name);
        EXPECT_EQ(run(in(name, "print(6 * 7)")).out, "42\n");
        remove(name);
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(upyd().list_instances().instances_size(), 0);
}

class FewInstancesTest : public RpcTest {
 protected:
  FewInstancesTest() : RpcTest("max_instances = 2\n[maxima]\nheap_bytes = 4000000\n") {}
};

TEST_F(FewInstancesTest, TheirNumberIsLimited) {
  create("a");
  create("b");
  EXPECT_EQ(code_of([&] { create("c"); }), StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(code_of([&] { run(alone("")); }), StatusCode::RESOURCE_EXHAUSTED);
  remove("a");
  EXPECT_EQ(run(alone("print(1)")).out, "1\n");
}

TEST_F(FewInstancesTest, SettingsHaveMaxima) {
  v1::InstanceConfig config;
  config.set_heap_bytes(4'000'001);
  EXPECT_EQ(code_of([&] { create("a", config); }), StatusCode::INVALID_ARGUMENT);
}

}  // namespace
}  // namespace upyd
