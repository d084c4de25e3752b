def check(f):
    try:
        f()
        print("no error")
    except MemoryError:
        print("MemoryError")

ten = 10
check(lambda: ten ** ten ** 8)
check(lambda: ten ** ten ** 100)
check(lambda: 1 << 10 ** 15)
check(lambda: 3 ** (1 << 62))
check(lambda: 2 ** 10 ** 12)
print((-1) ** 10 ** 100, 1 ** 10 ** 100, 0 ** 10 ** 100)
# expect: MemoryError
# expect: MemoryError
# expect: MemoryError
# expect: MemoryError
# expect: MemoryError
# expect: 1 1 0
