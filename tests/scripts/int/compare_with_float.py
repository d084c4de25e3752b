big = 1 << 70
print(big == 2.0 ** 70, big + 1 == 2.0 ** 70, big < float("inf"), -big > float("-inf"))
print(9007199254740993 == 9007199254740992.0, 9007199254740993 > 9007199254740992.0)
print(1 == 1.0, 1 < 1.5, 2 > 1.5, 0 == -0.0)
nan = float("nan")
print(big == nan, big < nan, big > nan, big != nan, 1 == nan, nan != 1)
print({1: "a", 1 << 70: "b"}[1.0], {1: "a", 1 << 70: "b"}[2.0 ** 70])
# expect: True False True True
# expect: False True
# expect: True True True True
# expect: False False False True False True
# expect: a b
