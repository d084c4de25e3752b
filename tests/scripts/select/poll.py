# What is ready is told in the order of registration.
from select import poll, POLLIN, POLLOUT, POLLERR, POLLHUP
from micropython import RingIO
print(POLLIN, POLLOUT, POLLERR, POLLHUP)  # expect: 1 4 8 16
first, second = RingIO(4), RingIO(4)
names = {id(first): "first", id(second): "second"}
poller = poll()
show = lambda: print([(names[id(stream)], events) for stream, events in poller.poll(0)])
print(poller.register(first), poller.register(second, POLLIN))  # expect: None None
show()  # expect: [('first', 4)]
second.write(b"x")
show()  # expect: [('first', 4), ('second', 1)]
first.write(b"full")
show()  # expect: [('first', 1), ('second', 1)]
poller.register(first, POLLOUT)
show()  # expect: [('second', 1)]
print(poller.modify(second, POLLOUT))  # expect: None
show()  # expect: [('second', 4)]
poller.modify(second, 0)
show()  # expect: []
print(poller.unregister(second), poller.unregister(second))  # expect: None None
poller.modify(first, POLLIN)
show()  # expect: [('first', 1)]
try:
    poller.modify(second, POLLIN)
except OSError as e:
    print(e.errno)  # expect: 2
print(poll().poll(0), type(poller))  # expect: [] <class 'poll'>
