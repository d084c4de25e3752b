# An exception that nobody retrieves goes to the handler, once; a cancellation does not.
import asyncio

def handler(loop, context):
    print(loop is asyncio.get_event_loop(), context["message"], repr(context["exception"]), context["future"].done())

async def fail(number):
    raise ValueError(number)

async def main():
    loop = asyncio.get_event_loop()
    print(loop.get_exception_handler(), loop.set_exception_handler(handler), loop.get_exception_handler() is handler)
    # expect: None None True
    asyncio.create_task(fail(1))
    task = asyncio.create_task(fail(2))
    asyncio.create_task(asyncio.sleep(10)).cancel()
    await asyncio.sleep_ms(1)
    # expect: True Task exception wasn't retrieved ValueError(1,) True
    # expect: True Task exception wasn't retrieved ValueError(2,) True
    try:
        await task
    except ValueError as e:
        print("late", e)  # expect: late 2
    task = asyncio.create_task(fail(3))
    try:
        await task
    except ValueError as e:
        print("in time", e)  # expect: in time 3
    await asyncio.sleep_ms(1)
    loop.call_exception_handler({"message": "by hand", "exception": None, "future": task})
    # expect: True by hand None True
    loop.set_exception_handler(None)
    print(loop.get_exception_handler())  # expect: None
    asyncio.create_task(fail(4))
    await asyncio.sleep_ms(1)

asyncio.run(main())
raise SystemExit("the default handler writes to stderr")
# expect-error: the default handler writes to stderr
