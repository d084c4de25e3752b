numbers = iter([1, 2, 3])
print(list(iter(lambda: next(numbers), 3)))
# expect: [1, 2]
for first in [1, 2], None, 1:
    try:
        iter(first, 2)
    except TypeError as e:
        print(e)
# expect: 'list' object isn't callable
# expect: 'NoneType' object isn't callable
# expect: 'int' object isn't callable
class Counter:
    n = 0
    def __call__(self):
        self.n += 1
        return self.n
print(list(iter(Counter(), 4)))
# expect: [1, 2, 3]
