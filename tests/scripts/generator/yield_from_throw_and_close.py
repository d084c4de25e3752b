def inner():
    try:
        yield 1
        yield 2
    except ValueError:
        print("inner caught")
        yield 3
    finally:
        print("inner left")
def outer():
    try:
        yield from inner()
    finally:
        print("outer left")
it = outer()
print(next(it), it.throw(ValueError))
# expect: inner caught
# expect: 1 3
it.close()
# expect: inner left
# expect: outer left
it = outer()
next(it)
try:
    it.throw(KeyError("k"))
except KeyError:
    print("through both")
# expect: inner left
# expect: outer left
# expect: through both
