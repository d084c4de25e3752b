# new_event_loop forgets the tasks that are due or wait for streams.
import asyncio
from micropython import RingIO

ring = RingIO(4)

async def forgotten():
    await asyncio.sleep(0)
    print("never")

async def main():
    await asyncio.sleep_ms(5)
    print("main")

tasks = [asyncio.create_task(forgotten()) for _ in range(5)]
reading = asyncio.create_task(asyncio.StreamReader(ring).read(1))
asyncio.run(asyncio.sleep(0))
asyncio.new_event_loop()
ring.write("x")
asyncio.run(main())  # expect: main
print([task.done() for task in tasks], reading.done())  # expect: [False, False, False, False, False] False
print(tasks[0].cancel(), reading.cancel())  # expect: True True
asyncio.run(main())  # expect: main
