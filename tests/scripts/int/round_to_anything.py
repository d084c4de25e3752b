# Rounding to far more than the number has is 0, whatever digits are asked for.
for n in (0, 1, -5, 10**30, 2**62, True):
    print([round(n, digits) for digits in (-400, -(2**31), -(2**62), -(2**63), 2**63 - 1)])
# expect: [0, 0, 0, 0, 0]
# expect: [0, 0, 0, 0, 1]
# expect: [0, 0, 0, 0, -5]
# expect: [0, 0, 0, 0, 1000000000000000000000000000000]
# expect: [0, 0, 0, 0, 4611686018427387904]
# expect: [0, 0, 0, 0, 1]
print(round(15, -1), round(25, -1), round(5, -1), round(6, -1), round(99, -2), round(49, -2), round(51, -2), round(-6, -1))
# expect: 20 20 0 10 100 0 100 -10
print(round(5, -2), round(4, -1), round(1, -1), round(10**30 - 1, -30), round(6 * 10**29, -30))
# expect: 0 0 0 1000000000000000000000000000000 1000000000000000000000000000000
