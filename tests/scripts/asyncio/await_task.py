# Any number of tasks may await one; each gets its result or its exception, also after the end.
import asyncio

async def work(fails):
    await asyncio.sleep_ms(1)
    if fails:
        raise ValueError("failed", fails)
    return "result"

async def wait(name, task):
    try:
        print(name, await task)
    except ValueError as e:
        print(name, repr(e))

async def main():
    for fails in False, True:
        task = asyncio.create_task(work(fails))
        for name in "ab":
            asyncio.create_task(wait(name, task))
        await asyncio.sleep(0)
        await wait("main", task)
        await wait("again", task)
    # expect: a result
    # expect: b result
    # expect: main result
    # expect: again result
    # expect: a ValueError('failed', True)
    # expect: b ValueError('failed', True)
    # expect: main ValueError('failed', True)
    # expect: again ValueError('failed', True)

asyncio.run(main())
