# An event lets all through that wait for it, and who comes while it is set.
import asyncio

async def wait(name):
    print(name, await event.wait())

event = asyncio.Event()
print(event, event.is_set())  # expect: <Event> False

async def main():
    for name in "abc":
        asyncio.create_task(wait(name))
    await asyncio.sleep(0)
    print(event.set(), event.is_set())  # expect: None True
    event.clear()
    print(event.is_set())  # expect: False
    await asyncio.sleep(0)
    # expect: a True
    # expect: b True
    # expect: c True
    event.set()
    await wait("d")  # expect: d True

asyncio.run(main())

class Named(asyncio.Event):
    def __init__(self, name):
        super().__init__()
        self.name = name

named = Named("derived")
named.set()
print(named.name, asyncio.run(named.wait()), named.is_set())  # expect: derived True True
try:
    asyncio.Event(1)
except TypeError as e:
    print(e)  # expect: function takes 0 positional arguments but 1 were given
