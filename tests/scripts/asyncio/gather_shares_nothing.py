# While a task is a part of a gather nobody else can wait for it, and what somebody waits for can't be gathered.
import asyncio

async def work():
    await asyncio.sleep_ms(1)
    return "done"

async def attempt(awaitable):
    try:
        return await awaitable
    except RuntimeError as e:
        return e.args[0]

async def main():
    part, awaited = asyncio.create_task(work()), asyncio.create_task(work())
    gathering = asyncio.gather(part)
    first = asyncio.create_task(attempt(gathering))
    second = asyncio.create_task(attempt(awaited))
    await asyncio.sleep(0)
    print(await attempt(part), await attempt(asyncio.wait_for(part, 1)), await attempt(gathering))
    # expect: can't wait can't wait can't wait
    print(await attempt(asyncio.gather(part)), await attempt(asyncio.gather(awaited)))
    # expect: can't gather can't gather
    print(await first, await second, await gathering)  # expect: ['done'] done ['done']

asyncio.run(main())
