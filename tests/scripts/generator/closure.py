def counter(start):
    def count():
        nonlocal start
        while True:
            start += 1
            yield start
    def reset(to):
        nonlocal start
        start = to
    return count(), reset
c, reset = counter(5)
print(next(c), next(c))  # expect: 6 7
reset(100)
print(next(c))  # expect: 101
