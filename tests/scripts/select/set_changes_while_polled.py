# A stream in Python may change the set that it is in while it is asked.
import io, select
poller = select.poll()

class Leaves(io.IOBase):
    def ioctl(self, request, events):
        poller.unregister(self)
        return 1

class Brings(io.IOBase):
    def ioctl(self, request, events):
        poller.register(other, select.POLLIN)
        return 0

class Stays(io.IOBase):
    def ioctl(self, request, events):
        return 1

leaves, brings, other = Leaves(), Brings(), Stays()
poller.register(leaves, select.POLLIN)
print(poller.poll())  # expect: []
poller.register(brings, select.POLLIN)
print([stream is other for stream, _ in poller.poll()])  # expect: [True]
