print("ab" * 3, 3 * "ab", "ab" * 0, "ab" * -1, "" * 5, "ä" * 2)
# expect: ababab ababab    ää
print("ab" * True, len("abc" * 1000), ("abc" * 1000)[2998:])
# expect: ab 3000 bc
s = "x"
s *= 4
print(s)
# expect: xxxx
try:
    "a" * 1.5
except TypeError as e:
    print(e)
# expect: unsupported types for __mul__: 'str', 'float'
