a = [1]
b = a
c = a + [2]
a += [3]
print(a, b, c)  # expect: [1, 3] [1, 3] [1, 2]
for other in ((2,), None, "x"):
    try:
        a + other
    except TypeError:
        print("TypeError")
# expect: TypeError
# expect: TypeError
# expect: TypeError
