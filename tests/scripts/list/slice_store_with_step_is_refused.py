l = [1, 2, 3]
try:
    l[::2] = (5, 6)
except NotImplementedError:
    print("store")  # expect: store
try:
    del l[::2]
except NotImplementedError:
    print("delete")  # expect: delete
print(l)  # expect: [1, 2, 3]
