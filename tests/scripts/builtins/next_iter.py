it = iter([1, 2])
print(next(it), next(it), next(it, None))
try:
    next(it)
except StopIteration:
    print("StopIteration")
def count():
    n = 0
    def step():
        nonlocal n
        n += 1
        return n
    return step
print(list(iter(count(), 4)))
for bad in (lambda: next([1]), lambda: iter(1)):
    try:
        bad()
    except TypeError:
        print("TypeError")
# expect: 1 2 None
# expect: StopIteration
# expect: [1, 2, 3]
# expect: TypeError
# expect: TypeError
