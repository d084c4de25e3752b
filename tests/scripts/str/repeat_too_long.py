for n in (10**12, 2**61, 2**62 - 1):
    try:
        "xyz" * n
    except MemoryError:
        print("MemoryError")
# expect: MemoryError
# expect: MemoryError
# expect: MemoryError
try:
    "x" * 2**70
except OverflowError:
    print("OverflowError")
# expect: OverflowError
print("" * 2**61 == "")
# expect: True
