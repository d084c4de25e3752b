s = {1, 2, 3}
print(sorted(s.union([4], (5,))), sorted(s.intersection(range(2, 9))), sorted(s.difference([1], "x")), sorted(s.symmetric_difference([3, 4, 4])))  # expect: [1, 2, 3, 4, 5] [2, 3] [2, 3] [1, 2, 4]
s.update([7], {8: 9})
s.difference_update((1,), [2])
s.intersection_update([3, 7, 100])
s.symmetric_difference_update([7, 5])
print(sorted(s))  # expect: [3, 5]
print(s.isdisjoint([1]), s.isdisjoint([3]), s.issubset([3, 5, 7]), s.issuperset([5]), s.issuperset([6]))  # expect: True False True True False
