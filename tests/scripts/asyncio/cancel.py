# cancel() raises CancelledError where the task awaits, wherever that is.
import asyncio

async def wait(name, awaitable):
    try:
        print(name, await awaitable)
    except asyncio.CancelledError as e:
        print(name, repr(e))
        raise

async def ignores():
    while True:
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            print("not now")
            return "ignored"

async def main():
    event, lock, flag = asyncio.Event(), asyncio.Lock(), asyncio.ThreadSafeFlag()
    await lock.acquire()
    for name, awaitable in (("sleep", asyncio.sleep(10)), ("event", event.wait()), ("lock", lock.acquire()),
                            ("flag", flag.wait()), ("task", asyncio.create_task(ignores()))):
        task = asyncio.create_task(wait(name, awaitable))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        print(task.cancel(), task.done())
        try:
            await task
        except asyncio.CancelledError:
            print("cancelled")
        print(task.done(), task.cancel())
    # expect: True False
    # expect: sleep CancelledError()
    # expect: cancelled
    # expect: True False
    # expect: True False
    # expect: event CancelledError()
    # expect: cancelled
    # expect: True False
    # expect: True False
    # expect: lock CancelledError()
    # expect: cancelled
    # expect: True False
    # expect: True False
    # expect: flag CancelledError()
    # expect: cancelled
    # expect: True False
    # expect: True False
    # expect: not now
    # expect: task ignored
    # expect: True False

    unstarted = asyncio.create_task(wait("never", asyncio.sleep(0)))
    print(unstarted.cancel(), unstarted.cancel())  # expect: True True
    await asyncio.sleep(0)
    print(unstarted.done())  # expect: True
    try:
        asyncio.current_task().cancel()
    except RuntimeError as e:
        print(e)  # expect: can't cancel self
    event.set()
    flag.set()
    lock.release()
    print(await event.wait(), await flag.wait(), await lock.acquire())  # expect: True None True

asyncio.run(main())
