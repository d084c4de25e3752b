import io
class Bad(io.IOBase):
    def __init__(self, answer):
        self.answer = answer
    def write(self, b):
        return self.answer
for answer in (None, -5, 1000, "x"):
    try:
        print("abc", file=Bad(answer))
        print("fine")
    except (OSError, TypeError) as e:
        print(type(e).__name__, e)
# expect: OSError [Errno 11] EAGAIN
# expect: OSError [Errno 5] EIO
# expect: OSError [Errno 5] EIO
# expect: TypeError can't convert str to int
class Empty(io.IOBase):
    pass
try:
    print("x", file=Empty())
except AttributeError as e:
    print(e)
# expect: 'Empty' object has no attribute 'write'
try:
    print("x", file=5)
except OSError as e:
    print(e)
# expect: stream operation not supported
