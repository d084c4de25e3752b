print({3, 1, 2, 1}, set(), set("aba"), set([1, 1.0, True]))  # expect: {3, 1, 2} set() {'a', 'b'} {1}
