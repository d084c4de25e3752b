nan = float("nan")
print(1.0 < 2, 1.0 <= 1, 2.0 > 1, 1.5 == 1.5, 1.5 != 1.5, 0.0 == -0.0)
print(nan == nan, nan != nan, nan < 1, nan > 1, nan <= nan)
print(1.0 == "a", 1.0 != None)
print(2.0 ** 70 == 1 << 70, 2.0 ** 70 < (1 << 70) + 1, 1e300 > 10 ** 299, float("inf") > 10 ** 400)
print(hash(1.0) == hash(1), hash(2.0 ** 80) == hash(1 << 80), hash(-3.0) == hash(-3), hash(0.0) == hash(-0.0))
print(bool(0.0), bool(-0.0), bool(nan), bool(0.1))
# expect: True True True True False True
# expect: False True False False False
# expect: False True
# expect: True True True True
# expect: True True True True
# expect: False False True True
