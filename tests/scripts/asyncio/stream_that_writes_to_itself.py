# A stream's write in Python may use the asyncio stream that calls it.
import asyncio, io


class Device(io.IOBase):
    def __init__(self):
        self.written = []
        self.stream = None
        self.takes = 0

    def ioctl(self, request, argument):
        return argument if request == 3 else 0

    def write(self, data):
        self.written.append(bytes(data))
        if self.stream:
            stream, self.stream = self.stream, None
            stream.write(b"xyz")
        return min(len(data), self.takes)


async def main():
    device = Device()
    stream = asyncio.StreamWriter(device, {})
    stream.write(b"abcdef")
    device.takes = 4
    device.stream = stream
    await stream.drain()
    print(device.written)
    stream.write(b"more")
    await stream.drain()
    print(device.written[-1])


class Shrinks:
    def __int__(self):
        data[:] = b"ab"
        return 5


async def wrong_part():
    device = Device()
    device.takes = 100
    await asyncio.StreamWriter(device, {}).awrite(data, Shrinks(), 4)
    print(device.written)


asyncio.run(main())
# expect: [b'abcdef', b'abcdef', b'efxyz', b'z']
# expect: b'more'
data = bytearray(b"abcdefgh")
asyncio.run(wrong_part())  # expect: [b'']
