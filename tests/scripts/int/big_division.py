for a in (10 ** 40 + 7, -(10 ** 40) - 7, 12345, -12345, (1 << 128) - 1):
    for b in (3, -3, 10 ** 19, -(10 ** 19), (1 << 64) + 1):
        q, r = divmod(a, b)
        print(q, r, q * b + r == a, a // b == q, a % b == r, abs(r) < abs(b))
# expect: 3333333333333333333333333333333333333335 2 True True True True
# expect: -3333333333333333333333333333333333333336 -1 True True True True
# expect: 1000000000000000000000 7 True True True True
# expect: -1000000000000000000001 -9999999999999999993 True True True True
# expect: 542101086242752216974 6254214813763453049 True True True True
# expect: -3333333333333333333333333333333333333336 1 True True True True
# expect: 3333333333333333333333333333333333333335 -2 True True True True
# expect: -1000000000000000000001 9999999999999999993 True True True True
# expect: 1000000000000000000000 -7 True True True True
# expect: -542101086242752216975 12192529259946098568 True True True True
# expect: 4115 0 True True True True
# expect: -4115 0 True True True True
# expect: 0 12345 True True True True
# expect: -1 -9999999999999987655 True True True True
# expect: 0 12345 True True True True
# expect: -4115 0 True True True True
# expect: 4115 0 True True True True
# expect: -1 9999999999999987655 True True True True
# expect: 0 -12345 True True True True
# expect: -1 18446744073709539272 True True True True
# expect: 113427455640312821154458202477256070485 0 True True True True
# expect: -113427455640312821154458202477256070485 0 True True True True
# expect: 34028236692093846346 3374607431768211455 True True True True
# expect: -34028236692093846347 -6625392568231788545 True True True True
# expect: 18446744073709551615 0 True True True True
print(10 ** 40 / 10 ** 38, (10 ** 30) // 1.0, pow(3, 1000, 10 ** 9 + 7), pow(2, 10 ** 6, 97), pow(10 ** 20, 3, 10 ** 25 + 1))
# expect: 100.0 1e+30 56888193 61 10000000000
