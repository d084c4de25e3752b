print(range(0) == range(5, 1), range(0, 3, 2) == range(0, 4, 2), range(3) == range(0, 3), range(3) == range(4), range(1) == [0])  # expect: True True True False False
print(hash(range(0, 3, 2)) == hash(range(0, 4, 2)), range(3) != range(3))  # expect: True False
