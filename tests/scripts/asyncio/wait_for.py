# wait_for gives a task so long and no longer.
import asyncio

async def work(ms, result="result"):
    try:
        await asyncio.sleep_ms(ms)
    except asyncio.CancelledError:
        print("cancelled")
        raise
    return result

async def stubborn():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        await asyncio.sleep_ms(1)
        print("takes its time")

async def fail():
    raise ValueError("failed")

async def timed(awaitable):
    try:
        print(await awaitable)
    except (asyncio.TimeoutError, ValueError) as e:
        print(repr(e))

async def main():
    await timed(asyncio.wait_for(work(0), 10))  # expect: result
    await timed(asyncio.wait_for(work(1), None))  # expect: result
    await timed(asyncio.wait_for_ms(work(0), 10_000))  # expect: result
    await timed(asyncio.wait_for(work(10_000), 0.005))
    # expect: cancelled
    # expect: TimeoutError()
    await timed(asyncio.wait_for_ms(work(10_000), 5))
    # expect: cancelled
    # expect: TimeoutError()
    await timed(asyncio.wait_for(stubborn(), 0.005))
    # expect: takes its time
    # expect: TimeoutError()
    await timed(asyncio.wait_for(fail(), 10))  # expect: ValueError('failed',)
    await timed(asyncio.wait_for_ms(work(10_000), 0))
    # expect: cancelled
    # expect: TimeoutError()
    event = asyncio.Event()
    await timed(asyncio.wait_for_ms(event.wait(), 1))  # expect: TimeoutError()
    event.set()
    await timed(asyncio.wait_for_ms(event.wait(), 10_000))  # expect: True
    done = asyncio.create_task(work(0, "done"))
    await done
    await timed(asyncio.wait_for(done, 10))  # expect: done
    for wrong in (5, 1), (work, 1), (done, "1"):
        try:
            await asyncio.wait_for(*wrong)
        except TypeError as e:
            print(repr(e))
    # expect: TypeError('coroutine expected',)
    # expect: TypeError('coroutine expected',)
    # expect: TypeError("can't convert str to float",)

asyncio.run(main())
