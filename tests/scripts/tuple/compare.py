print((1, 2) < (1, 3), (1,) < (1, 0), (2,) > (1, 9), (1, 2) == (1, 2.0), (1,) == [1])  # expect: True True True True False
print((1, 2) <= (1, 2), (1, 2) != (2, 1), () < (0,))  # expect: True True True
