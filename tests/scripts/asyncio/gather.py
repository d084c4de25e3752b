# gather runs its parts side by side and gives their results in order.
import asyncio

async def work(name, turns):
    for i in range(turns):
        print(name, i)
        await asyncio.sleep(0)
    return name

async def main():
    print(await asyncio.gather(work("a", 1), work("b", 3), work("c", 2)))
    # expect: a 0
    # expect: b 0
    # expect: c 0
    # expect: b 1
    # expect: c 1
    # expect: b 2
    # expect: ['a', 'b', 'c']
    print(await asyncio.gather())  # expect: []
    event = asyncio.Event()
    task = asyncio.create_task(work("d", 0))
    event.set()
    gathering = asyncio.gather(event.wait(), task, asyncio.sleep(0), task)
    print(await gathering)  # expect: [True, 'd', None, 'd']
    print(await gathering, await asyncio.gather(task))  # expect: [True, 'd', None, 'd'] ['d']
    for wrong in (5,), (work("e", 0), None):
        gathering = asyncio.gather(*wrong)
        for _ in range(2):
            try:
                await gathering
            except TypeError as e:
                print(e)
    # expect: coroutine expected
    # expect: coroutine expected
    # expect: coroutine expected
    # expect: coroutine expected
    try:
        asyncio.gather(work, results=True)
    except TypeError as e:
        print(e)  # expect: extra keyword arguments given

asyncio.run(main())
