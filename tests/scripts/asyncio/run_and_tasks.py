# Tasks take turns in the order in which they are due; run() gives what its coroutine returns.
import asyncio

async def count(name, to):
    for i in range(to):
        print(name, i)
        await asyncio.sleep(0)
    return name * to

async def main():
    first = asyncio.create_task(count("a", 2))
    second = asyncio.create_task(count("b", 3))
    print(first.done(), first.coro.__class__.__name__, asyncio.current_task() is first)
    result = await second, await first
    print(first.done(), asyncio.current_task().done())
    return result

print(asyncio.run(main()))
# expect: False generator False
# expect: a 0
# expect: b 0
# expect: a 1
# expect: b 1
# expect: b 2
# expect: True False
# expect: ('bbb', 'aa')
for wrong in None, 1, main, [1], iter([1]), (i for i in ()):
    try:
        print(asyncio.run(wrong))
    except TypeError as e:
        print(e)
# expect: coroutine expected
# expect: coroutine expected
# expect: coroutine expected
# expect: coroutine expected
# expect: coroutine expected
# expect: None
try:
    asyncio.current_task()
except RuntimeError as e:
    print(e)  # expect: no running event loop
print(asyncio.__version__, asyncio.run(asyncio.sleep(0)))  # expect: (3, 0, 0) None
task = asyncio.create_task(asyncio.sleep(0))
try:
    asyncio.create_task(task)
except TypeError as e:
    print(e)  # expect: coroutine expected
import uasyncio
print(uasyncio is asyncio)  # expect: True
