def outer(x):
    def middle(y):
        def inner(z):
            return x, y, z
        return inner
    return middle
print(outer(1)(2)(3))  # expect: (1, 2, 3)
def counter():
    n = 0
    def up():
        nonlocal n
        n += 1
        return n
    def get():
        return n
    return up, get
up, get = counter()
print(up(), up(), get())  # expect: 1 2 2
late = [lambda: i for i in range(3)]
bound = [lambda i=i: i for i in range(3)]
print([f() for f in late], [f() for f in bound])  # expect: [2, 2, 2] [0, 1, 2]
