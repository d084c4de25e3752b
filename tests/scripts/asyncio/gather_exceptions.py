# The first exception of a part ends a gather, or counts as its result; the other parts run on.
import asyncio

async def fail(number, turns):
    for _ in range(turns):
        await asyncio.sleep(0)
    raise ValueError(number)

async def run_on():
    await asyncio.sleep_ms(1)
    print("ran on")
    return "fine"

async def main():
    task = asyncio.create_task(run_on())
    try:
        await asyncio.gather(task, fail(1, 2), fail(2, 1))
    except ValueError as e:
        print(repr(e), task.done())  # expect: ValueError(2,) False
    print(await task)
    # expect: ran on
    # expect: fine
    print(await asyncio.gather(fail(3, 0), run_on(), return_exceptions=True))
    # expect: ran on
    # expect: [ValueError(3,), 'fine']
    failed = asyncio.create_task(fail(4, 0))
    task = asyncio.create_task(run_on())
    await asyncio.sleep(0)
    try:
        await asyncio.gather(task, failed)
    except ValueError as e:
        print(repr(e), task.done())  # expect: ValueError(4,) False
    await task  # expect: ran on
    print(await asyncio.gather(failed, return_exceptions=True))  # expect: [ValueError(4,)]
    cancelled = asyncio.create_task(asyncio.sleep(10))
    cancelled.cancel()
    try:
        await asyncio.gather(cancelled)
    except asyncio.CancelledError as e:
        print(repr(e))  # expect: CancelledError()

asyncio.run(main())
