# What can't be polled.
import select
poller = select.poll()
for wrong in None, "text", [], object(), -1:
    try:
        poller.register(wrong)
    except (OSError, ValueError) as e:
        print(repr(e))
# expect: OSError('stream operation not supported',)
# expect: OSError('stream operation not supported',)
# expect: OSError('stream operation not supported',)
# expect: OSError('stream operation not supported',)
# expect: ValueError()
for args in (), (1, "in"), (1, 1, 1):
    try:
        poller.register(*args)
    except TypeError as e:
        print(repr(e))
# expect: TypeError('function missing 1 required positional arguments',)
# expect: TypeError("can't convert str to int",)
# expect: TypeError('function expected at most 3 arguments, got 4',)
for number in range(3, 1028):
    poller.register(number)
try:
    poller.poll()
except OSError as e:
    print(e.errno)  # expect: 22
poller.unregister(3)
print(len(poller.poll()))  # expect: 1024
