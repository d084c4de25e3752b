print(hash(1) == hash(1), hash("a") == hash("".join(["a"])), hash((1, 2)) == hash((1, 2)), id(print) == id(print))
a = []
print(id(a) == id(a), hash(5), hash(True))
for bad in ([], {}, {1}):
    try:
        hash(bad)
    except TypeError:
        print("TypeError")
# expect: True True True True
# expect: True 5 1
# expect: TypeError
# expect: TypeError
# expect: TypeError
