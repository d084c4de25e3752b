print(7.5 + 2, 2 - 7.5, 2.5 * 2, 7 / 2.0, 2.0 ** 0.5, 2 ** 0.5)
print(7.5 // 2, -7.5 // 2, 7.5 % 2, -7.5 % 2, 7.5 % -2, divmod(-7.5, 2), divmod(1, 0.1))
print(-1.5, +1.5, abs(-1.5), abs(-0.0))
inf = float("inf")
print(inf + 1, inf - inf, inf * 0, 1 / inf, -1 / inf, inf // 1, 1.0 % inf, -1.0 % inf)
print(0.0 ** 0, inf ** 0, float("nan") ** 0, 1.0 ** inf, 2.0 ** -1)
print(1e308 * 10, -1e308 * 10, 1e-320 / 1e10)
# expect: 9.5 -5.5 5.0 3.5 1.4142135623730951 1.4142135623730951
# expect: 3.0 -4.0 1.5 0.5 -0.5 (-4.0, 0.5) (9.0, 0.09999999999999995)
# expect: -1.5 1.5 1.5 0.0
# expect: inf nan nan 0.0 -0.0 nan 1.0 inf
# expect: 1.0 1.0 1.0 1.0 0.5
# expect: inf -inf 0.0
