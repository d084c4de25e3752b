print((), (1,), (1, "a", None), ((),))  # expect: () (1,) (1, 'a', None) ((),)
