d = {1: 2, 3: 4}
print(d.pop(1), d.pop(1, "x"), d)  # expect: 2 x {3: 4}
try:
    d.pop(1)
except KeyError as e:
    print(e.args)  # expect: (1,)
