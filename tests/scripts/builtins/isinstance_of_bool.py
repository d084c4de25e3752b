print(isinstance(True, int), issubclass(bool, int), isinstance(True, bool), True + 1)
# expect: False False True 2
