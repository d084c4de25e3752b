def g():
    try:
        yield 1
        yield 2
    finally:
        print("closed")
it = g()
print(it.close(), list(it))  # expect: None []
it = g()
next(it)
print(it.close(), it.close())
# expect: closed
# expect: None None
try:
    next(it)
except StopIteration:
    print("ended")
# expect: ended
