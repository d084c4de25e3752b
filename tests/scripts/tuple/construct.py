t = (1, 2)
print(tuple(), tuple(t) is t, tuple([1]), tuple("ab"), tuple(x for x in range(2)))  # expect: () True (1,) ('a', 'b') (0, 1)
