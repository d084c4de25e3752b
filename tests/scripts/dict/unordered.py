try:
    {} < {}
except TypeError:
    print("TypeError")  # expect: TypeError
