# What can't be polled raises where it is awaited.
import asyncio, io

async def attempt(make):
    try:
        print(await make())
    except (OSError, TypeError, KeyError, AttributeError) as e:
        print(repr(e))

class Deaf:
    def write(self, data):
        print("deaf", data)

async def main():
    for stream in None, Deaf(), io.BytesIO(b"x"):
        await attempt(lambda: asyncio.StreamReader(stream).read(1))
    # expect: OSError('stream operation not supported',)
    # expect: OSError('stream operation not supported',)
    # expect: OSError(22,)
    writer = asyncio.StreamWriter(Deaf(), {"peername": "nobody"})
    writer.write("kept")  # expect: deaf kept
    await attempt(writer.drain)  # expect: OSError('stream operation not supported',)
    await attempt(lambda: writer.readexactly("1"))  # expect: TypeError("can't convert str to int",)
    await attempt(lambda: writer.write(1))  # expect: TypeError('object with buffer protocol required',)
    await attempt(writer.wait_closed)  # expect: AttributeError("'Deaf' object has no attribute 'close'",)
    print(writer.get_extra_info("peername"))  # expect: nobody
    await attempt(lambda: writer.get_extra_info("port"))  # expect: KeyError('port',)
    await attempt(lambda: asyncio.StreamWriter(Deaf()).get_extra_info("port"))  # expect: KeyError('port',)

asyncio.run(main())
# Of what is no stream, nothing can be read.
print(asyncio.run(asyncio.StreamReader(None).read(0)))  # expect: b''
