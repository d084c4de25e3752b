import sys
for n in (1 << 40, sys.maxsize):
    try:
        (1, 2, 3) * n
    except (MemoryError, OverflowError):
        print("refused")
# expect: refused
# expect: refused
