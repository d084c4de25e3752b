nan = float("nan")
print(nan in [nan], nan == nan, 2 in [1, 2.0], "a" in ["ab"])  # expect: True False True False
