l = [1, 2, 3]
l[-1] = 4
del l[0]
print(l)  # expect: [2, 4]
for bad in (2, -3):
    try:
        l[bad] = 0
    except IndexError:
        print("store")
    try:
        del l[bad]
    except IndexError:
        print("delete")
# expect: store
# expect: delete
# expect: store
# expect: delete
