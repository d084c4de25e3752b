print([x * y for x in range(3) for y in range(x)], {x % 3 for x in range(7)} == {0, 1, 2})  # expect: [0, 0, 2] True
print({k: v for k, v in zip("abc", range(3))}, [[j for j in range(i)] for i in range(3)])
# expect: {'a': 0, 'b': 1, 'c': 2} [[], [0], [0, 1]]
print([x for x in range(20) if x % 2 if x % 3], [(a, b) for a, b in [(1, 2), (3, 4)]])
# expect: [1, 5, 7, 11, 13, 17, 19] [(1, 2), (3, 4)]
x = "outer"
print([x for x in range(2)], x)  # expect: [0, 1] outer
print({x: y for x in "ab" for y in "cd"})  # expect: {'a': 'd', 'b': 'd'}
def f(n):
    return [i + n for i in range(n)], {n: i for i in range(n)}, sum(n for _ in range(n))
print(f(3))  # expect: ([3, 4, 5], {3: 2}, 9)
class A:
    values = [1, 2]
    doubled = [v * 2 for v in values]
print(A.doubled)  # expect: [2, 4]
