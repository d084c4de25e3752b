space = {"x": 1}
A = type("A", (), space)
def read():
    return A.x
print(read())
space["x"] = 2
space["y"] = 3
print(read(), hasattr(A, "y"))
# expect: 1
# expect: 1 False
