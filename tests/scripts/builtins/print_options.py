print(1, "a", None, True, 1.5, (1, "b"), [2], {"k": 3}, sep="-", end="!\n")
print()
print("x", end="")
print("", "y", sep="z")
print(1, 2, sep="", end="\n")
try:
    print(1, sep=2)
except TypeError:
    print("TypeError")
try:
    print(1, other=2)
except TypeError:
    print("TypeError")
# expect: 1-a-None-True-1.5-(1, 'b')-[2]-{'k': 3}!
# expect: 
# expect: xzy
# expect: 12
# expect: TypeError
# expect: TypeError
