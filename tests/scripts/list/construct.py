print(list(), list([1]), list("ab"), list({1: 2}), list(range(3)))  # expect: [] [1] ['a', 'b'] [1] [0, 1, 2]
try:
    list(1, 2)
except TypeError:
    print("TypeError")  # expect: TypeError
try:
    list(None)
except TypeError:
    print("TypeError")  # expect: TypeError
