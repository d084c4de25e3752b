# Many tasks of many times, some of which are cancelled, go on in the order of their times.
import asyncio

order = []

async def sleeper(ms):
    await asyncio.sleep_ms(ms)
    order.append(ms)

async def main():
    number = 1
    tasks = []
    for _ in range(200):
        number = number * 75 % 65537
        tasks.append((number % 40, asyncio.create_task(sleeper(number % 40))))
    await asyncio.sleep(0)
    for _, task in tasks[::3]:
        task.cancel()
    await asyncio.sleep_ms(60)
    expected = sorted(ms for i, (ms, _) in enumerate(tasks) if i % 3)
    print(order == expected, all(task.done() for _, task in tasks))

asyncio.run(main())  # expect: True True
# no-sweep: the times are those of an undisturbed run
