print(7 / 2, -7 / 2, 7 // 2.0, -7 // 2.0, 7 % -2.5, -7.5 % 2, divmod(7.5, 2), divmod(-7.5, 2), 2 ** -1, 2.0 ** 3, 4 ** 0.5)
# expect: 3.5 -3.5 3.0 -4.0 -0.5 0.5 (3.0, 1.5) (-4.0, 0.5) 0.5 8.0 2.0
print(1 + 0.5, True + 0.5, 10 ** 20 + 0.5, 0.1 + 0.2, 1e16 + 1, 3 * 0.1, 1e308 * 10, -2 ** 2, (-2) ** 2, (-8.0) ** 3)
# expect: 1.5 1.5 1e+20 0.30000000000000004 1e+16 0.30000000000000004 inf -4 4 -512.0
for f in (lambda: 1 / 0, lambda: 1.0 // 0, lambda: 1 % 0.0, lambda: 0.0 ** -1, lambda: divmod(1.0, 0)):
    try:
        f()
    except ZeroDivisionError:
        print("ZeroDivisionError")
# expect: ZeroDivisionError
# expect: ZeroDivisionError
# expect: ZeroDivisionError
# expect: ZeroDivisionError
# expect: ZeroDivisionError
print(1 == 1.0, 2 ** 53 == 2.0 ** 53, 2 ** 53 + 1 == 2.0 ** 53, 10 ** 30 > 1e30, 1 < 1.5 < 2, int(1e20), int(-3.9), round(2.5), round(3.5))
# expect: True True False False True 100000000000000000000 -3 2 4
