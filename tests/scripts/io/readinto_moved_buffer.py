# A buffer that the stream's readinto makes another part of the same bytes.
import io

data = bytearray(12)


class View(memoryview):
    pass


view = View(memoryview(data)[:8])


class Stream(io.IOBase):
    def readinto(self, buffer):
        buffer[:] = b"x" * len(buffer)
        memoryview.__init__(view, memoryview(data)[1:9])
        return len(buffer)


class Writer(io.IOBase):
    def write(self, buffer):
        return len(buffer)


print(io.BytesIO(b"abcdefgh").readinto(view), data)
print(io.BufferedWriter(Writer(), 4).write(view))
# expect: 8 bytearray(b'abcdefgh\x00\x00\x00\x00')
# expect: 8
