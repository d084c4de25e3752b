print(all([]), any([]), all([1, 0]), any([0, 1]), all((1, 2)), any(x > 2 for x in range(5)))
# expect: True False False True True True
