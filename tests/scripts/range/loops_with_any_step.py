# Loops whose next number would lie beyond the small integers.
for bounds in ((2**60, 2**61 - 2, 2**62 - 1), (-(2**60), -(2**61) + 2, -(2**62)), (0, 1, 2**62 - 1), (2**62 - 2, 2**62 + 1)):
    print([n for n in range(*bounds)])
for n in range(2**60, 2**61 - 2, 2**62 - 1):
    print(n)
# expect: [1152921504606846976]
# expect: [-1152921504606846976]
# expect: [0]
# expect: [4611686018427387902, 4611686018427387903, 4611686018427387904]
# expect: 1152921504606846976
