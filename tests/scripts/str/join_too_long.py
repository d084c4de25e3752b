try:
    "x".join(["y" * 100000] * 100000)
except MemoryError:
    print("MemoryError")
# expect: MemoryError
