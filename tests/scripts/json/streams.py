import io
import json


class Bytes(io.IOBase):
    def __init__(self, data):
        self.data = data
        self.written = b""

    def readinto(self, buffer):
        count = min(len(buffer), len(self.data))
        buffer[:count] = self.data[:count]
        self.data = self.data[count:]
        return count

    def write(self, data):
        self.written += bytes(data)
        return len(data)


print(json.load(io.StringIO('["é"] ')), json.load(io.BytesIO(b'{"a": 1}')), json.load(Bytes(b" [1, 2]\n")))
# expect: ['é'] {'a': 1} [1, 2]
out = Bytes(b"")
json.dump({"a": [None, "é"]}, out)
print(out.written)
# expect: b'{"a": [null, "\xc3\xa9"]}'
text = io.StringIO()
json.dump([1.5, True], text)
print(text.getvalue())
# expect: [1.5, true]
# What follows the value must be blank up to the end of the stream.
try:
    json.load(io.StringIO("[1] [2]"))
except ValueError as e:
    print(e)
# expect: syntax error in JSON
