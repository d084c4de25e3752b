import io
import json


class Stream(io.IOBase):
    def __init__(self, answer):
        self.answer = answer

    def readinto(self, buffer):
        return self.answer

    def write(self, data):
        return self.answer


# None: it would block; a negative number: an error; more than there is room for: nonsense.
for answer in (None, -22, 5):
    for use in (lambda stream: json.load(stream), lambda stream: json.dump("a", stream)):
        try:
            use(Stream(answer))
        except OSError as e:
            print(e.errno)
# expect: 11
# expect: 11
# expect: 22
# expect: 22
# expect: 5
# expect: 5
try:
    json.load(Stream(0))
except ValueError as e:
    print(e)
# expect: syntax error in JSON
for value in (1, None, "[]"):
    try:
        json.load(value)
    except OSError as e:
        print(e)
# expect: stream operation not supported
# expect: stream operation not supported
# expect: stream operation not supported
