g = (x * y for x in range(4) if x % 2 for y in (1, 10) if y > x)
print(list(g), list(g))  # expect: [10, 30] []
n = 3
print(sum(i * n for i in range(5)), max((len(w), w) for w in ("a", "ccc", "bb")))  # expect: 30 (3, 'ccc')
print(list((i for i in range(3))), tuple(str(i) for i in "ab"), {k: v for k, v in ((i, i * i) for i in range(3))})
# expect: [0, 1, 2] ('a', 'b') {0: 0, 1: 1, 2: 4}
late = (x + n for x in [1, 2])
n = 100
print(list(late))  # expect: [101, 102]
