b = bytearray(b"abcdefgh")
m = memoryview(b)
part = m[2:6]
print(bytes(part), len(part), part[0], part[-1], bytes(part[1:3]), bytes(m[-2:]))
# expect: b'cdef' 4 99 102 b'de' b'gh'
part[0] = ord("C")
part[1:3] = b"DE"
m[0:2] = memoryview(b"AB")
print(b, bytes(part))  # expect: bytearray(b'ABCDEfgh') b'CDEf'
m[:] = m
print(b == m, m == b, part == b"CDEf", bytes(m[:0]), list(part), ord("D") in part)
# expect: True True True b'' [67, 68, 69, 102] True
def read(i):
    return m[i]
def store(view, i, x):
    view[i] = x
for f, args in ((read, (9,)), (store, (memoryview(b"ro"), 0, 1)), (store, (m, 0, "x")), (store, (m, 8, 1)),
                (memoryview, ([],))):
    try:
        f(*args)
    except (IndexError, TypeError, ValueError) as e:
        print(type(e).__name__)
# expect: IndexError
# expect: TypeError
# expect: TypeError
# expect: IndexError
# expect: TypeError
