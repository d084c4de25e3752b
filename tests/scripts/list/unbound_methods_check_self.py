l = []
list.append(l, 1)
print(l)  # expect: [1]
for args in ((), (1,), (1, 2), ((), 1)):
    try:
        list.append(*args)
    except TypeError:
        print("TypeError")
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: TypeError
