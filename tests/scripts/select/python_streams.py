# A stream in Python answers polls by its ioctl, and is asked until it is ready.
import io, select

class Device(io.IOBase):
    answers = ()

    def ioctl(self, request, events):
        self.asked = request, events
        return self.answers.pop(0)

device = Device()
poller = select.poll()
poller.register(device, select.POLLIN)

def show(*answers):
    device.answers = list(answers)
    try:
        print([events for _, events in poller.poll()], device.asked, len(device.answers))
    except (OSError, TypeError) as e:
        print(repr(e))

show(1)  # expect: [1] (3, 1) 0
show(0, 0, 0, 1, 1)  # expect: [1] (3, 1) 1
show(0, False, True)  # expect: [1] (3, 1) 0
show(16)  # expect: [16] (3, 1) 0
show(-5)  # expect: OSError(5,)
show("ready")  # expect: TypeError("can't convert str to int",)
show(None)  # expect: OSError(22,)
poller.modify(device, select.POLLIN | select.POLLOUT)
show(4)  # expect: [4] (3, 5) 0
