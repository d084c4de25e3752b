print(dict.fromkeys("ab"), dict.fromkeys([1, 2], 0), {}.fromkeys(range(2)))  # expect: {'a': None, 'b': None} {1: 0, 2: 0} {0: None, 1: None}
