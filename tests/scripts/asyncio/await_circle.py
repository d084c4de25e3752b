# A task can't await itself, nor one that awaits it.
import asyncio

async def wait_for(name):
    try:
        return await tasks[name]
    except RuntimeError as e:
        print(name, e)
        return "broken"

tasks = {}

async def main():
    tasks["main"] = asyncio.current_task()
    await wait_for("main")  # expect: main can't wait
    tasks["a"] = asyncio.create_task(wait_for("b"))
    tasks["b"] = asyncio.create_task(wait_for("c"))
    tasks["c"] = asyncio.create_task(wait_for("a"))
    print(await tasks["a"])
    # expect: a can't wait
    # expect: broken
    try:
        await asyncio.wait_for(tasks["main"], 1)
    except RuntimeError as e:
        print(e)  # expect: can't wait

asyncio.run(main())
