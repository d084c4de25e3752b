# What objects answer that are wanted as ints: __index__ and __int__, and for int() the other way round.
class Converts:
    def __int__(self):
        return 3
class Indexes:
    def __index__(self):
        return 2
class Both(Converts, Indexes):
    pass
class Derived(int):
    def __int__(self):
        return 3
print(int(Converts()), int(Indexes()), int(Both()), int(Derived(9)), Derived(9) + 0)
# expect: 3 2 3 3 9
numbers = [10, 11, 12, 13]
for n in Converts(), Indexes(), Both(), Derived(1):
    print(numbers[n], numbers[n:], numbers[:n], "abcd"[n], b"abcd"[n:], (0, 1, 2, 3)[n], range(10)[n], memoryview(b"abcd")[n])
# expect: 13 [13] [10, 11, 12] d b'd' 3 3 100
# expect: 12 [12, 13] [10, 11] c b'cd' 2 2 99
# expect: 12 [12, 13] [10, 11] c b'cd' 2 2 99
# expect: 11 [11, 12, 13] [10] b b'bcd' 1 1 98
for n in Converts(), Indexes(), Derived(2):
    print([0] * n, n * "ab", (1,) * n, n * b"x", hex(n), oct(n), bin(n), ord(chr(n)), list(range(n)), "%d %x" % (n, n), round(1.23456, n))
# expect: [0, 0, 0] ababab (1, 1, 1) b'xxx' 0x3 0o3 0b11 3 [0, 1, 2] 3 3 1.235
# expect: [0, 0] abab (1, 1) b'xx' 0x2 0o2 0b10 2 [0, 1] 2 2 1.23
# expect: [0, 0] abab (1, 1) b'xx' 0x2 0o2 0b10 2 [0, 1] 3 2 1.23
numbers[Indexes()] = "set"
numbers[Converts() :] = ["tail"]
del numbers[: Indexes()]
print(len(numbers), numbers.pop(Indexes() if len(numbers) > 2 else -1), bytes(Indexes()), bytearray(Indexes()))
# expect: 2 tail b'\x00\x00' bytearray(b'\x00\x00')
items = [1]
items *= Indexes()
print(items, float(Indexes()), complex(Indexes()))
# expect: [1, 1] 2.0 (2+0j)

# An object of the one kind is none of the other.
class Floats:
    def __float__(self):
        return 2.5
class Wrong:
    def __int__(self):
        return "3"
    __index__ = __int__
for use in (
    lambda: int(Floats()),
    lambda: numbers[Floats()],
    lambda: numbers[Floats() :],
    lambda: "a" * Floats(),
    lambda: float(Converts()),
    lambda: complex(Converts()),
    lambda: int(Wrong()),
    lambda: numbers[Wrong()],
    lambda: [1] * Wrong(),
    lambda: bytes(Converts()),
    lambda: range(1.5),
):
    try:
        print(use())
    except TypeError as e:
        print(e)
# expect: can't convert Floats to int
# expect: list indices must be integers, not Floats
# expect: can't convert Floats to int
# expect: unsupported types for __mul__: 'str', 'Floats'
# expect: can't convert Converts to float
# expect: can't convert Converts to complex
# expect: can't convert Wrong to int
# expect: can't convert Wrong to int
# expect: can't convert Wrong to int
# expect: 'Converts' object isn't iterable
# expect: can't convert float to int
print(float(Floats()), complex(Floats()))
# expect: 2.5 (2.5+0j)

# An index may shorten what it is an index into.
class Shrinks:
    def __index__(self):
        del target[1:]
        return 3
for use in (lambda: target[Shrinks()], lambda: target[Shrinks() :], lambda: target.pop(Shrinks())):
    target = [0] * 8
    try:
        print(use())
    except IndexError as e:
        print(e)
# expect: list index out of range
# expect: []
# expect: list index out of range
