# What the main task raises, run() raises; of other tasks, what is no Exception.
import asyncio

async def fail(exception):
    await asyncio.sleep(0)
    raise exception

async def forever(exception):
    task = asyncio.create_task(fail(exception))
    try:
        await asyncio.sleep(10)
    finally:
        print("never here")

for exception in ValueError("main"), SystemExit(3), asyncio.CancelledError("main"):
    try:
        asyncio.run(fail(exception))
    except BaseException as e:
        print(repr(e), e is exception)
# expect: ValueError('main',) True
# expect: SystemExit(3,) True
# expect: CancelledError('main',) True
for exception in SystemExit(4), KeyboardInterrupt(), GeneratorExit():
    try:
        asyncio.run(forever(exception))
    except BaseException as e:
        print(repr(e), e is exception)
    asyncio.new_event_loop()
# expect: SystemExit(4,) True
# expect: KeyboardInterrupt() True
# expect: GeneratorExit() True
print(issubclass(asyncio.CancelledError, Exception), issubclass(asyncio.TimeoutError, Exception))  # expect: False True
