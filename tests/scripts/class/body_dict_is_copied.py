# The namespace of a class body is no more than where the class began: caches would not notice its changes.
class A:
    x = 1
    namespace = locals()


class B(A):
    pass


def read():
    return a.x


a = A()
print(read(), read())  # expect: 1 1
A.namespace["x"] = 2
A.namespace["y"] = property(lambda self: 3)
print(read(), hasattr(a, "y"), A.__dict__["x"])  # expect: 1 False 1
A.x = 4
print(read(), A.namespace["x"])  # expect: 4 2
