# Generators, awaitables and objects with send() and throw() run as tasks too. One that yields goes on at its next turn.
import asyncio

def generator():
    yield
    yield from asyncio.sleep_ms(0)
    return "generator"

class Coroutine:
    turns = 0

    def send(self, value):
        self.turns += 1
        if self.turns == 3:
            raise StopIteration("coroutine")

    def throw(self, exception):
        print("thrown", exception)
        raise StopIteration("ended")

class Awaitable:
    def __iter__(self):
        print("iter")
        yield
        yield
        return "awaitable"

async def main():
    print(await asyncio.gather(generator(), Coroutine(), asyncio.sleep(0)))  # expect: ['generator', 'coroutine', None]
    task = asyncio.create_task(Coroutine())
    await asyncio.sleep(0)
    task.cancel()
    print(await task)
    # expect: thrown <class 'CancelledError'>
    # expect: ended
    print(await Awaitable())
    # expect: iter
    # expect: awaitable

asyncio.run(main())
