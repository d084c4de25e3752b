# run_forever runs until stop(); run_until_complete takes a task or a coroutine.
import asyncio

loop = asyncio.get_event_loop()
print(loop is asyncio.get_event_loop(42, 42), loop is asyncio.new_event_loop(), loop)  # expect: True True <Loop>

async def count(to):
    for i in range(to):
        print(i)
        await asyncio.sleep(0)
    loop.stop()
    loop.stop()
    return to

print(loop.create_task(count(2)).done())  # expect: False
print(loop.run_forever())
# expect: 0
# expect: 1
# expect: None
task = loop.create_task(count(1))
print(loop.run_until_complete(task), loop.run_until_complete(task), loop.run_until_complete(count(0)))
# expect: 0
# expect: 1 1 0
print(loop.stop(), loop.close())  # expect: None None
