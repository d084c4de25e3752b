# Who is cancelled in wait_for cancels what it waits for, and goes on first.
import asyncio

async def work():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        print("work cancelled")
        raise

async def wait(timeout):
    try:
        await asyncio.wait_for(work(), timeout)
    except asyncio.CancelledError:
        print("wait cancelled")
        raise

async def main():
    for timeout in 20, None:
        task = asyncio.create_task(wait(timeout))
        await asyncio.sleep_ms(1)
        task.cancel()
        try:
            await task
        except asyncio.CancelledError as e:
            print(repr(e))
        await asyncio.sleep(0)
    # expect: wait cancelled
    # expect: work cancelled
    # expect: CancelledError()
    # expect: work cancelled
    # expect: wait cancelled
    # expect: CancelledError()

    # The task that is waited for is cancelled by others.
    inner = asyncio.create_task(work())
    outer = asyncio.create_task(asyncio.wait_for(inner, 20))
    await asyncio.sleep_ms(1)
    inner.cancel()
    try:
        await outer
    except asyncio.CancelledError:
        print("passed on")
    # expect: work cancelled
    # expect: passed on

asyncio.run(main())
