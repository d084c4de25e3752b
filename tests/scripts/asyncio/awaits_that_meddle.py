# Whether something is a coroutine, an object in Python is asked: it may do what it likes meanwhile.
import asyncio


class Nosy:
    """A coroutine of one step that awaits what it is a part of while it is asked whether it is one."""

    def __init__(self):
        self.whole = None

    def __getattr__(self, name):
        whole, self.whole = self.whole, None
        if whole:
            try:
                print(asyncio.run(give(whole)))
            except RuntimeError as e:
                print(e)
        raise AttributeError(name) if name != "send" else StopIteration

    def throw(self, error):
        raise error


class Part(Nosy):
    def send(self, value):
        raise StopIteration("part")


async def give(awaitable):
    return await awaitable


class Asked(Nosy):
    def __getattr__(self, name):
        if name == "send":
            whole, self.whole = self.whole, None
            if whole:
                try:
                    print(asyncio.run(give(whole)))
                except RuntimeError as e:
                    print(e)
            return self.step
        raise AttributeError(name)

    def step(self, value):
        raise StopIteration("asked")


async def main():
    for wrap in (lambda part: asyncio.gather(part, Part()), lambda part: asyncio.wait_for(part, 1)):
        part = Asked()
        whole = part.whole = wrap(part)
        print(await whole)


asyncio.run(main())
# expect: can't wait
# expect: ['asked', 'part']
# expect: can't wait
# expect: asked
