print(7 + 5, 7 - 12, 7 * -3)
print(7 // 2, -7 // 2, 7 // -2, -7 // -2)
print(7 % 3, -7 % 3, 7 % -3, -7 % -3)
print(divmod(7, 2), divmod(-7, 2), divmod(7, -2))
print(7 / 2, 6 / 3, -1 / 4)
print(2 ** 10, (-3) ** 3, 5 ** 0, 2 ** -2)
print(-5, +5, ~5, ~-6, abs(-5))
# expect: 12 -5 -21
# expect: 3 -4 -4 3
# expect: 1 2 -2 -1
# expect: (3, 1) (-4, 1) (-4, -1)
# expect: 3.5 2.0 -0.25
# expect: 1024 -27 1 0.25
# expect: -5 5 -6 5 5
