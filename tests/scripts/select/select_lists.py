# select.select: three lists, each stream in those that it is ready for.
import io, select
from micropython import RingIO
empty, half, full = RingIO(2), RingIO(2), RingIO(2)
half.write(b"x")
full.write(b"xy")
names = {id(empty): "empty", id(half): "half", id(full): "full"}

def show(*args):
    print([[names[id(stream)] for stream in streams] for streams in select.select(*args)])

rings = empty, half, full
show(rings, rings, rings)  # expect: [['half', 'full'], ['empty', 'half'], []]
show([empty, full], (), [])  # expect: [['full'], [], []]
show([], iter(rings), [], 0)  # expect: [[], ['empty', 'half'], []]
show([empty], [], [], 0.01)  # expect: [[], [], []]
show([], [], [], 0)  # expect: [[], [], []]

class Broken(io.IOBase):
    def ioctl(self, request, events):
        return 8

broken = Broken()
names[id(broken)] = "broken"
show([broken], [], [broken])  # expect: [['broken'], [], ['broken']]
show([], [broken], [])  # expect: [[], ['broken'], []]
for args in ([[1, "x"], [], []], [[], [], [], "soon"], [1, [], []]):
    try:
        select.select(*args)
    except (OSError, TypeError) as e:
        print(repr(e))
# expect: OSError('stream operation not supported',)
# expect: TypeError("can't convert str to float",)
# expect: TypeError("'int' object isn't iterable",)
