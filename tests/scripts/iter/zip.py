print(list(zip()), list(zip([1, 2])), list(zip([1, 2], "abc", range(9))))  # expect: [] [(1,), (2,)] [(1, 'a', 0), (2, 'b', 1)]
a = iter([1, 2, 3])
print(list(zip(a, a)))  # expect: [(1, 2)]
