# A ThreadSafeFlag lets one task through each time it is set.
import asyncio, select

flag = asyncio.ThreadSafeFlag()

async def wait(name):
    print(name, await flag.wait())

async def main():
    flag.set()
    flag.set()
    await wait("set before")  # expect: set before None
    task = asyncio.create_task(wait("a"))
    await asyncio.sleep(0)
    try:
        await flag.wait()
    except RuntimeError as e:
        print(e)  # expect: can't wait
    flag.set()
    flag.clear()
    await asyncio.sleep(0)
    print(task.done())  # expect: False
    flag.set()
    await task  # expect: a None
    print(task.done())  # expect: True
    task = asyncio.create_task(wait("b"))
    await asyncio.sleep(0)
    flag.set()
    task.cancel()
    await asyncio.sleep(0)
    await wait("c")  # expect: c None

asyncio.run(main())
poller = select.poll()
poller.register(flag)
print(poller.poll(0), flag.set(), poller.poll(0), flag.clear(), poller.poll(0))
# expect: [] None [(<ThreadSafeFlag>, 1)] None []
