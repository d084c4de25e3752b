def f(a, b=2, *, c=3, d):
    return a, b, c, d
print(f(1, d=4), f(1, 5, d=4), f(a=1, d=2, c=0), f(*(1, 2), **{"c": 5, "d": 6}))
# expect: (1, 2, 3, 4) (1, 5, 3, 4) (1, 2, 0, 2) (1, 2, 5, 6)
def shared(x, seen=[]):
    seen.append(x)
    return seen
print(shared(1), shared(2), shared(3, []))  # expect: [1, 2] [1, 2] [3]
n = 1
def early(x=n):
    return x
n = 2
print(early(), early(n))  # expect: 1 2
