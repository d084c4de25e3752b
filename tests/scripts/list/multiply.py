print([1, 2] * 3, 2 * [0], [1] * 0, [1] * -5, [] * 1000000)  # expect: [1, 2, 1, 2, 1, 2] [0, 0] [] [] []
a = b = [1, 2]
a *= 2
print(a is b, b)  # expect: True [1, 2, 1, 2]
a *= 0
print(b)  # expect: []
