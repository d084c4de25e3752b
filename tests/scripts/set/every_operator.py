a, b = {1, 2, 3}, {3, 4}
f = frozenset((2, 3))
print(sorted(a | b), sorted(a & b), sorted(a - b), sorted(a ^ b), sorted(a | f), a & f == f, sorted(f | b))
# expect: [1, 2, 3, 4] [3] [1, 2] [1, 2, 4] [1, 2, 3] True [2, 3, 4]
print(f <= a, f < a, a >= f, a > f, a == {3, 2, 1}, a != b, a <= b, {1} < {1}, {1} <= {1}, f == {2, 3}, set() < a)
# expect: True True True True True True False False True True True
print(a.isdisjoint({7}), a.isdisjoint(b), a.issubset({1, 2, 3, 4}), a.issuperset([1]), sorted(a.union([9], "x" * 0)), a.intersection([1, 9]))
# expect: True False True True [1, 2, 3, 9] {1}
print(sorted(a.difference([1], [2])), sorted(a.symmetric_difference([1, 7])), len(a), 2 in a, 9 not in a, bool(set()))
# expect: [3] [2, 3, 7] 3 True True False
c = set(a); c |= b; print(sorted(c)); c &= {1, 3, 4}; print(sorted(c)); c -= {1}; print(sorted(c)); c ^= {3, 5}; print(sorted(c))
# expect: [1, 2, 3, 4]
# expect: [1, 3, 4]
# expect: [3, 4]
# expect: [4, 5]
c.update([1, 2]); c.intersection_update([1, 2, 5]); c.difference_update([2]); c.symmetric_difference_update([9]); print(sorted(c))
# expect: [1, 5, 9]
