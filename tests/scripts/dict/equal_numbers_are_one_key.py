d = {1: "int"}
d[1.0] = "float"
d[True] = "bool"
print(d)  # expect: {1: 'bool'}
d = {0.0: 1, -0.0: 2, 1 << 70: 3, 2.0 ** 70: 4}
print(len(d))  # expect: 2
