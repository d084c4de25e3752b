# Streams over a RingIO: reads wait for bytes, drain waits for room.
import asyncio
from micropython import RingIO

ring = RingIO(8)
reader, writer = asyncio.StreamReader(ring), asyncio.StreamWriter(ring, {})
data = bytes(range(97, 123))

async def write():
    writer.write(data[:10])
    writer.write(data[10:])
    await writer.drain()
    await writer.drain()
    print("drained")
    writer.write(b"line\nrest")
    await writer.awrite(b"no: done\nno", 4, 5)
    await writer.drain()

async def main():
    task = asyncio.create_task(write())
    await asyncio.sleep(0)
    print(ring.any(), await reader.read(3), await reader.read(100))  # expect: 8 b'abc' b'defghijk'
    print(await reader.readexactly(15))
    # expect: drained
    # expect: b'lmnopqrstuvwxyz'
    print(await reader.readexactly(0))  # expect: b''
    print(await reader.readline(), await reader.readline())  # expect: b'line\n' b'restdone\n'
    await task
    buffer = bytearray(4)
    reading = asyncio.create_task(reader.readinto(buffer))
    await asyncio.sleep(0)
    ring.write("xyz")
    print(await reading, buffer)  # expect: 3 bytearray(b'xyz\x00')
    print(await asyncio.gather(reader.read(5), writer.awrite(b"hello")))  # expect: [b'hello', None]

def end(loop, context):
    raise context["exception"]

asyncio.get_event_loop().set_exception_handler(end)
asyncio.run(main())
