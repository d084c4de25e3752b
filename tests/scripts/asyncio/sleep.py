# Sleepers wake in the order of their times, those of one time in the order they went to sleep.
import asyncio, time

async def sleeper(name, ms):
    await asyncio.sleep_ms(ms)
    print(name)

async def main():
    for name, ms in ("c", 60), ("a", 20), ("b", 40), ("now", -5):
        asyncio.create_task(sleeper(name, ms))
    begin = time.ticks_ms()
    await asyncio.sleep(0.08)
    print(80 <= time.ticks_diff(time.ticks_ms(), begin) < 5000)
    pauses = [asyncio.sleep_ms(ms) for ms in (2, 1, 0)]
    for pause in pauses:
        await pause
        await pause
    print("paused")
    for wrong in ("1", float("inf"), float("nan"), 1 << 61, 1e300):
        try:
            await (asyncio.sleep_ms if isinstance(wrong, int) else asyncio.sleep)(wrong)
        except (TypeError, OverflowError, ValueError) as e:
            print(repr(e))

asyncio.run(main())
# expect: now
# expect: a
# expect: b
# expect: c
# expect: True
# expect: paused
# expect: TypeError("can't convert str to float",)
# expect: OverflowError("can't convert inf to int",)
# expect: ValueError("can't convert NaN to int",)
# expect: OverflowError('ticks interval overflow',)
# expect: OverflowError('overflow converting long int to machine word',)
try:
    next(asyncio.sleep_ms(0))
except RuntimeError as e:
    print(e)  # expect: no running event loop
