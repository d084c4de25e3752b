def g():
    try:
        yield 1
    except TypeError as e:
        print("inside:", e)
        yield 2
fresh = g()
try:
    fresh.throw(5)
except TypeError as e:
    print("fresh:", e)
# expect: fresh: exceptions must derive from BaseException
started = g()
next(started)
print(started.throw(5))
# expect: inside: exceptions must derive from BaseException
# expect: 2
class Deaf:
    def __iter__(self):
        return self
    def __next__(self):
        return 1
def delegating():
    yield from Deaf()
d = delegating()
next(d)
try:
    d.throw(5)
except TypeError as e:
    print("delegating:", e)
# expect: delegating: exceptions must derive from BaseException
