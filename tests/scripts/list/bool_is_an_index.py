print([1, 2][True], [1, 2][False])  # expect: 2 1
