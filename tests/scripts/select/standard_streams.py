# The console's streams, by themselves or by their numbers; other numbers are no open files.
import select, sys
poller = select.poll()
poller.register(sys.stdin)
poller.register(sys.stdout)
poller.register(sys.stderr, select.POLLIN)
print(poller.poll())  # expect: [(<io.TextIOWrapper 0>, 17), (<io.TextIOWrapper 1>, 4)]
poller = select.poll()
for number in 0, 1, 2, 3:
    poller.register(number, select.POLLIN)
print(poller.poll())  # expect: [(0, 17), (3, 32)]
poller.register(1, select.POLLOUT)
poller.unregister(3)
print(poller.poll())  # expect: [(0, 17), (1, 4)]
