# The modules that MicroPython's package consists of.
import asyncio
import asyncio.core
import asyncio.event as event
from asyncio import funcs, lock, stream, task
from asyncio.core import Task, cur_task
print(asyncio.core, asyncio.core is __import__("asyncio.core", None, None, ("run",)), cur_task, asyncio.core.cur_task)
# expect: <module 'asyncio.core'> True None None
print([getattr(asyncio, name) is getattr(module, name) for module, name in (
    (asyncio.core, "CancelledError"), (asyncio.core, "run"), (asyncio.core, "sleep"), (asyncio.core, "Loop"), (event, "Event"),
    (event, "ThreadSafeFlag"), (funcs, "gather"), (funcs, "wait_for"), (lock, "Lock"), (stream, "StreamReader"), (task, "Task"))])
# expect: [True, True, True, True, True, True, True, True, True, True, True]
async def main():
    print(asyncio.core.cur_task is asyncio.current_task(), type(asyncio.core.cur_task) is Task)
    start = asyncio.core.ticks()
    print(asyncio.core.ticks_diff(asyncio.core.ticks_add(start, 5), start))
asyncio.core.run_until_complete(main())
# expect: True True
# expect: 5
try:
    import asyncio.missing
except ImportError as e:
    print(e)
# expect: no module named 'asyncio.missing'
