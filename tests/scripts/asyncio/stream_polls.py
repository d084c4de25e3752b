# What a stream in Python does when it is polled: be ready later, raise, cancel who waits for it.
import asyncio, io

class Device(io.IOBase):
    def __init__(self, answer):
        self.answer = answer

    def ioctl(self, request, events):
        return self.answer(events) if request == 3 else 0

    def read(self, size):
        return b"x"

polls = 0

def later(events):
    global polls
    polls += 1
    return events if polls > 5 else 0

def broken(events):
    raise ValueError("broken")

def cancels(events):
    task.cancel()
    return 0

async def main():
    global task
    print(await asyncio.StreamReader(Device(later)).read(1), polls)  # expect: b'x' 6
    print(await asyncio.StreamReader(Device(lambda events: 16)).read(1))  # expect: b'x'
    for answer in broken, lambda events: -19, lambda events: "ready":
        try:
            await asyncio.StreamReader(Device(answer)).read(1)
        except (ValueError, OSError, TypeError) as e:
            print(repr(e))
    # expect: ValueError('broken',)
    # expect: OSError(19,)
    # expect: TypeError("can't convert str to int",)
    task = asyncio.create_task(asyncio.StreamReader(Device(cancels)).read(1))
    try:
        await task
    except asyncio.CancelledError as e:
        print(repr(e))  # expect: CancelledError()

asyncio.run(main())
