a, b = {1, 2}, {1, 2, 3}
print(a < b, a <= b, b > a, b >= a, a < a, a <= a, a == {2, 1}, a != b)  # expect: True True True True False True True True
print({1} < {2}, {1} > {2}, {1} == [1])  # expect: False False False
