for x in (0.1, 1 / 3, 2 / 3, 1e15, 1e16, 1e17, 123456789012345680.0, 1e21, 1e22, 1e23, 1e-4, 1e-5, 0.0001234, 1.5e300, 2.5e-300,
          1.7976931348623157e308, 2.2250738585072014e-308, 100.0, 1e100, 0.30000000000000004, 4.35, 9007199254740993.0):
    print(x, float(repr(x)) == x)
# expect: 0.1 True
# expect: 0.3333333333333333 True
# expect: 0.6666666666666666 True
# expect: 1000000000000000.0 True
# expect: 1e+16 True
# expect: 1e+17 True
# expect: 1.2345678901234568e+17 True
# expect: 1e+21 True
# expect: 1e+22 True
# expect: 1e+23 True
# expect: 0.0001 True
# expect: 1e-05 True
# expect: 0.0001234 True
# expect: 1.5e+300 True
# expect: 2.5e-300 True
# expect: 1.7976931348623157e+308 True
# expect: 2.2250738585072014e-308 True
# expect: 100.0 True
# expect: 1e+100 True
# expect: 0.30000000000000004 True
# expect: 4.35 True
# expect: 9007199254740992.0 True
