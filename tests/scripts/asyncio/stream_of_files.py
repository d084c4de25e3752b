# The console and files of the host are streams as well: text gives str where read() has a size, else bytes.
import asyncio, os, sys

name = (os.getenv("SCRATCH") or "scratch") + "/file"

async def main():
    writer = asyncio.StreamWriter(open(name, "wb"))
    writer.write("first\nsécond\nthird".encode())
    await writer.drain()
    await writer.wait_closed()
    reader = asyncio.StreamReader(open(name))
    print(await reader.readline(), await reader.read(2), await reader.read(4))  # expect: b'first\n' sé cond
    print(await reader.read(), await reader.read(), await reader.readline())  # expect: b'\nthird' b'' b''
    console = asyncio.StreamReader(sys.stdin)
    print(repr(await console.read(5)), await console.readline(), await console.read())  # expect: '' b'' b''
    output = asyncio.StreamWriter(sys.stdout)
    output.write("to the console\n")  # expect: to the console
    await output.drain()

asyncio.run(main())
