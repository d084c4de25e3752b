try:
    raise ValueError(1)
except ValueError as e:
    pass
try:
    e
except NameError:
    print("NameError")
# expect: NameError
