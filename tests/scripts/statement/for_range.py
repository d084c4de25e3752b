print([i for i in range(5)], [i for i in range(2, 5)], [i for i in range(5, 0, -2)], list(range(0)), list(range(3, 3)))
# expect: [0, 1, 2, 3, 4] [2, 3, 4] [5, 3, 1] [] []
for i in range(3):
    i += 10
    print(i)
# expect: 10
# expect: 11
# expect: 12
n = 3
for i in range(n):
    n = 100
print(i, n)  # expect: 2 100
for i in range(10, 0):
    pass
print(i)  # expect: 2
for i in range(0, 10, 1 << 40):
    print(i)
# expect: 0
for i in range((1 << 62) - 2, (1 << 62) + 1):
    print(i)
# expect: 4611686018427387902
# expect: 4611686018427387903
# expect: 4611686018427387904
for i in range(-(1 << 62) + 1, -(1 << 62) - 2, -1):
    print(i)
# expect: -4611686018427387903
# expect: -4611686018427387904
# expect: -4611686018427387905
