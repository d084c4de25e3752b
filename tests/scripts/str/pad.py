print(repr("ab".center(5)), repr("ab".center(6)), repr("ab".center(1)), repr("ä".center(3)))
# expect: ' ab  ' '  ab  ' 'ab' ' ä '
print(repr("ab".ljust(4)), repr("ab".rjust(4)), "ab".ljust(4, "*"), "ab".rjust(4, "ä"), "42".zfill(5), "-42".zfill(5), "+1".zfill(1))
# expect: 'ab  ' '  ab' ab** ääab 00042 -0042 +1
try:
    "a".center(2**40)
except MemoryError:
    print("MemoryError")
# expect: MemoryError
