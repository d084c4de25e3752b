#include "visitors.h"

#include <chrono>
#include <iterator>
#include <stdexcept>
#include <thread>

#include "support/socket_talk.h"

namespace soak {
namespace {

using namespace upyd::v1;
using upyclient::Connection;

/// What boards do: timers, edges, files, memory; some raise, reset themselves, sleep deeply, or are bitten by their
/// watchdog after a while.
const char* const kPrograms[] = {
    "def tick(t):\n"
    "    global n\n"
    "    n += 1\n"
    "    if n % 20 == 0: print('ticks', n)\n"
    "n = 0\n"
    "t = machine.Timer(period=100, callback=tick)\n",

    "def edge(p):\n"
    "    global n\n"
    "    n += 1\n"
    "    if n % 10 == 0: print('edges', n)\n"
    "n = 0\n"
    "pin = machine.Pin(line, machine.Pin.IN)\n"
    "pin.irq(edge, machine.Pin.IRQ_RISING | machine.Pin.IRQ_FALLING)\n",

    "def work(t):\n"
    "    data = [str(i) * 3 for i in range(200)]\n"
    "    with open('data', 'w') as f: f.write(','.join(data))\n"
    "t = machine.Timer(period=500, callback=work)\n",

    "time.sleep_ms(300 + random.getrandbits(11))\n"
    "print('no sensor')\n"
    "raise OSError(5)\n",

    "time.sleep_ms(100 + random.getrandbits(11))\n"
    "machine.reset()\n",

    "t = machine.Timer(period=50, callback=lambda t: None)\n"
    "time.sleep_ms(random.getrandbits(10))\n"
    "machine.deepsleep(200 + random.getrandbits(11))\n",

    "w = machine.WDT(timeout=1500)\n"
    "time.sleep_ms(1000)\n"
    "w.feed()\n",

    "async def blink():\n"
    "    while True:\n"
    "        led.toggle()\n"
    "        await asyncio.sleep_ms(200)\n"
    "led = machine.Pin(line, machine.Pin.OUT)\n"
    "asyncio.run(blink())\n",
};

std::string program(uint32_t board, uint32_t which) {
  return "import asyncio, machine, random, time\nline = " + std::to_string(board % kLines) + "\n" +
         kPrograms[which % std::size(kPrograms)];
}

template <typename Request>
Request of(const std::string& name) {
  Request request;
  request.set_name(name);
  return request;
}

}  // namespace

Visitor::Visitor(upyd::Address address, uint32_t boards, uint64_t seed, std::string metrics)
    : address_(address), boards_(boards), metrics_(std::move(metrics)), random_(seed), upyd_(std::move(address)) {}

const std::vector<Visitor::Choice>& Visitor::choices() {
  static const std::vector<Choice> choices = {
      {&Visitor::drive, 20},        {&Visitor::restart, 4},      {&Visitor::stop_and_start, 3},
      {&Visitor::deploy, 4},        {&Visitor::edit, 2},         {&Visitor::run_alone, 6},
      {&Visitor::run_on_board, 10}, {&Visitor::leave_run, 3},    {&Visitor::read_log, 6},
      {&Visitor::follow_log, 2},    {&Visitor::watch_events, 2}, {&Visitor::be_at_prompt, 3},
      {&Visitor::look_around, 4},   {&Visitor::scrape, 4},       {&Visitor::create_and_delete, 3},
  };
  return choices;
}

void Visitor::act() {
  unsigned sum = 0;
  for (const Choice& choice : choices()) sum += choice.weight;
  unsigned left = any(sum);
  const Choice* chosen = choices().data();
  for (; left >= chosen->weight; ++chosen) left -= chosen->weight;
  try {
    if (any(4) == 0) {  // a client that comes for this alone
      Connection own(address_);
      (this->*chosen->act)(own);
    } else {
      (this->*chosen->act)(upyd_);
    }
  } catch (const upyclient::Error& error) {
    if (error.code() == grpc::UNAVAILABLE || error.code() == grpc::DEADLINE_EXCEEDED || error.code() == grpc::UNKNOWN) {
      throw;
    }
  }
  ++acts_;
}

void Visitor::make_board(uint32_t number) {
  CreateInstanceRequest request;
  request.set_name(board_name(number));
  request.set_persistent(true);
  InstanceConfig& config = *request.mutable_config();
  config.set_heap_bytes(192 << 10);
  config.set_log_bytes(16 << 10);
  config.set_restart(number % 3 == 0 ? RESTART_POLICY_ALWAYS : RESTART_POLICY_ON_FAILURE);
  config.set_restart_delay_ms(100);
  config.set_restart_delay_max_ms(2000);
  config.set_start_limit_burst(number % 2 == 0 ? 0 : 50);
  config.mutable_gpio()->add_lines("*");
  upyd_.create_instance(request);
  deploy_to(upyd_, number);
}

void Visitor::deploy_to(Connection& upyd, uint32_t number) {
  DeployFilesRequest::Target target;
  target.set_instance(board_name(number));
  target.set_replace_all(any(2) == 0);
  auto deployer = upyd.deploy_files(target);
  deployer.begin_file("main.py");
  deployer.write(program(number, any(std::size(kPrograms))));
  deployer.end_file();
  deployer.complete();
}

void Visitor::drive(Connection& upyd) {
  DriveLinesRequest request;
  for (int i = 0; i < 8; ++i) {
    LineDrive& drive = *request.add_drives();
    drive.set_line("gpiochip0:" + std::to_string(any(kLines)));
    drive.set_drive(any(2) ? DRIVE_HIGH : DRIVE_LOW);
  }
  upyd.drive_lines(request);
}

void Visitor::restart(Connection& upyd) { upyd.restart_instance(of<RestartInstanceRequest>(any_board())); }

void Visitor::stop_and_start(Connection& upyd) {
  const std::string name = any_board();
  upyd.stop_instance(of<StopInstanceRequest>(name));
  upyd.start_instance(of<StartInstanceRequest>(name));
}

void Visitor::deploy(Connection& upyd) { deploy_to(upyd, any(boards_)); }

void Visitor::edit(Connection& upyd) {
  const Instance board = upyd.get_instance(of<GetInstanceRequest>(any_board()));
  auto request = of<UpdateInstanceRequest>(board.name());
  *request.mutable_config() = board.own_config();
  request.mutable_config()->set_heap_bytes((160 + any(64)) << 10);
  request.set_etag(board.etag());
  upyd.update_instance(request);
}

void Visitor::run_alone(Connection& upyd) {
  RunRequest request;
  request.mutable_own();
  request.set_source("print(sum(range(1000)))\n" + std::string(any(3) ? "" : "1/0\n"));
  auto stream = upyd.run(request);
  for (RunEvent event; stream.read(event);) {
  }
}

void Visitor::run_on_board(Connection& upyd) {
  RunRequest request;
  request.set_instance(any_board());
  request.set_source("import time\nx = [str(i) for i in range(100)]\nprint(len(x))\ntime.sleep_ms(5)\n");
  auto stream = upyd.run(request);
  for (RunEvent event; stream.read(event);) {
  }
}

/// Who goes away leaves a script that does not end.
void Visitor::leave_run(Connection& upyd) {
  RunRequest request;
  request.mutable_own();
  request.set_source("print('on')\nwhile True: pass\n");
  auto stream = upyd.run(request);
  for (RunEvent event; stream.read(event) && !event.has_output();) {
  }
}

void Visitor::read_log(Connection& upyd) {
  ReadLogRequest request;
  request.set_instance(any_board());
  request.set_last(100);
  auto stream = upyd.read_log(request);
  for (ReadLogResponse response; stream.read(response);) {
  }
}

void Visitor::follow_log(Connection& upyd) {
  ReadLogRequest request;
  request.set_instance(any_board());
  request.set_follow(true);
  auto stream = upyd.read_log(request);
  ReadLogResponse response;
  stream.read(response);
  std::this_thread::sleep_for(std::chrono::milliseconds(any(100)));
}

void Visitor::watch_events(Connection& upyd) {
  auto stream = upyd.watch_events();
  WatchEventsResponse response;
  for (uint32_t i = any(5); stream.read(response) && i > 0; --i) {
  }
}

void Visitor::be_at_prompt(Connection& upyd) {
  ConsoleRequest first;
  first.set_instance(any_board());
  first.set_prompt(true);
  auto console = upyd.console(first);
  ConsoleEvent event;
  if (!console.read(event)) return;
  console.write("\x03print(6 * 7)\r");
  std::this_thread::sleep_for(std::chrono::milliseconds(any(50)));
}

void Visitor::look_around(Connection& upyd) {
  upyd.list_instances();
  upyd.list_lines();
  upyd.get_status();
  GetMemInfoRequest request;
  request.set_instance(any_board());
  upyd.get_mem_info(request);
}

/// Upyd gives each scrape ten seconds, which may be over on a machine that is busy otherwise.
void Visitor::scrape(Connection&) {
  std::string answer;
  for (int tries = 0; tries < 5 && answer.empty(); ++tries) {
    const test_support::SocketTalk talk(metrics_);
    talk.send("GET /metrics HTTP/1.1\r\n\r\n");
    answer = talk.read_all();
  }
  const bool is_whole = answer.starts_with("HTTP/1.1 200") && answer.find("upyd_instance_state") != std::string::npos;
  if (!is_whole) throw std::runtime_error("the metrics are: " + answer.substr(0, 200));
}

void Visitor::create_and_delete(Connection& upyd) {
  CreateInstanceRequest request;
  request.mutable_config()->set_heap_bytes(128 << 10);
  const std::string name = upyd.create_instance(request).name();
  auto deletion = of<DeleteInstanceRequest>(name);
  deletion.set_force(true);
  upyd.delete_instance(deletion);
}

}  // namespace soak
