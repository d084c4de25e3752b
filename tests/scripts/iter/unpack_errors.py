for x in ([1], (1, 2, 3), "abcd", range(3), {1: 2}):
    try:
        a, b = x
    except ValueError as e:
        print(e)
# expect: need more than 1 values to unpack
# expect: too many values to unpack (expected 2)
# expect: too many values to unpack (expected 2)
# expect: too many values to unpack (expected 2)
# expect: need more than 1 values to unpack
