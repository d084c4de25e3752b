class Count:
    def __init__(self, n):
        self.n = n
    def __iter__(self):
        return self
    def __next__(self):
        if self.n == 0:
            raise StopIteration
        self.n -= 1
        return self.n
print(list(Count(3)), sum(Count(4)), tuple(Count(2)))
it = iter(Count(1))
print(next(it), next(it, "end"))
try:
    next(it)
except StopIteration:
    print("StopIteration")
a, b = Count(2)
print(a, b)
try:
    iter(object())
except TypeError:
    print("TypeError")
# expect: [2, 1, 0] 6 (1, 0)
# expect: 0 end
# expect: StopIteration
# expect: 1 0
# expect: TypeError
