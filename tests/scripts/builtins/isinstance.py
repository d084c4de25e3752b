print(isinstance(1, int), isinstance(1, (str, int)), isinstance("a", str), isinstance([], (dict, tuple)), isinstance(None, object))
print(issubclass(int, object), issubclass(KeyError, (ValueError, LookupError)))
try:
    isinstance(1, 2)
except TypeError:
    print("TypeError")
# expect: True True True False True
# expect: True True
# expect: TypeError
