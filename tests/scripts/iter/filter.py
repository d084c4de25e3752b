print(list(filter(None, [0, 1, "", "a", [], None])), list(filter(lambda x: x > 1, range(4))))  # expect: [1, 'a'] [2, 3]
