import sys
for n in (1 << 40, sys.maxsize, sys.maxsize // 8):
    try:
        [1, 2] * n
    except (MemoryError, OverflowError):
        print("refused")
# expect: refused
# expect: refused
# expect: refused
l = [1]
try:
    l *= 1 << 60
except MemoryError:
    print(l)  # expect: [1]
