# Streams in Python are read and written by their methods; None means that there is nothing yet.
import asyncio, io

class Device(io.IOBase):
    def __init__(self, parts):
        self.parts = parts
        self.polls = []

    def ioctl(self, request, events):
        if request == 3:
            self.polls.append(events)
            return events if len(self.polls) > 1 else 0
        return 0

    def read(self, size):
        return self.next(size)

    def readline(self):
        return self.next("line")

    def readinto(self, buffer):
        part = self.next("into")
        if part is not None:
            buffer[:len(part)] = part
            return len(part)

    def write(self, data):
        return self.next(bytes(data))

    def close(self):
        print("closed")

    def next(self, asked):
        part = self.parts.pop(0)
        print(asked, "gives", part)
        return part

async def main():
    stream = lambda *parts: asyncio.Stream(Device(list(parts)))
    print(await stream(None, b"some").read(7))
    # expect: 7 gives None
    # expect: 7 gives b'some'
    # expect: b'some'
    print(await stream("text").read(7))
    # expect: 7 gives text
    # expect: text
    print(await stream(b"a", b"b", None, b"").read())
    # expect: -1 gives b'a'
    # expect: -1 gives b'b'
    # expect: -1 gives None
    # expect: -1 gives b''
    # expect: b'ab'
    print(await stream(b"abc", None, b"de").readexactly(5))
    # expect: 5 gives b'abc'
    # expect: 2 gives None
    # expect: 2 gives b'de'
    # expect: b'abcde'
    print(await stream(b"a li", None, b"ne\n").readline())
    # expect: line gives b'a li'
    # expect: line gives None
    # expect: line gives b'ne\n'
    # expect: b'a line\n'
    print(await stream(b"the end", b"").readline())
    # expect: line gives b'the end'
    # expect: line gives b''
    # expect: b'the end'
    try:
        await stream(b"a", b"").readexactly(5)
    except EOFError as e:
        print(repr(e))
    # expect: 5 gives b'a'
    # expect: 4 gives b''
    # expect: EOFError()
    buffer = bytearray(3)
    print(await stream(None, b"xy").readinto(buffer), buffer)
    # expect: into gives None
    # expect: into gives b'xy'
    # expect: 2 bytearray(b'xy\x00')
    writer = stream(3, None, 2, 4)
    writer.write(b"abcdef")
    writer.write(b"ghi")
    await writer.drain()
    # expect: b'abcdef' gives 3
    # expect: b'defghi' gives None
    # expect: b'defghi' gives 2
    # expect: b'fghi' gives 4
    print(await writer.drain(), writer.close(), await writer.wait_closed())
    # expect: closed
    # expect: None None None

asyncio.run(main())
