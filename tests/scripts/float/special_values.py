inf, nan = float("inf"), float("nan")
print(inf, -inf, nan, inf > 1e308, -inf < 0, inf == inf, nan == nan, nan != nan, nan < 1, nan is nan)
# expect: inf -inf nan True True True False True False True
print(inf + 1, inf - inf, inf * 0, 1 / inf, -1 / inf, abs(-inf), max(1.0, inf))
# expect: inf nan nan 0.0 -0.0 inf inf
print(float("1e400"), float("-1e400"), 1e-400, float("Infinity"), float("-NAN"), bool(nan), bool(0.0), -0.0, 0.0 == -0.0)
# expect: inf -inf 0.0 inf nan True False -0.0 True
print(sorted([3.5, inf, -inf, 0.0, 1]), [nan] == [nan], nan in [1, 2], {0.0: 1}[-0.0], hash(1.0) == hash(1))
# expect: [-inf, 0.0, 1, 3.5, inf] True False 1 True
