print([1, True, 1.0, "1", None].count(1))  # expect: 3
print([].count(1))  # expect: 0
