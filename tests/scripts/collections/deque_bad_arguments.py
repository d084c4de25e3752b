from collections import deque
for args in (((),), ((), -1), ((), 1 << 60), (1, 2), ((), 1, 2, 3)):
    try:
        deque(*args)
    except (TypeError, ValueError, MemoryError) as e:
        print(type(e).__name__)
# expect: TypeError
# expect: ValueError
# expect: MemoryError
# expect: TypeError
# expect: TypeError
