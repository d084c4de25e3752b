class A:
    x = 1
    def __init__(self):
        self.y = 2
print(A().__dict__, "x" in A.__dict__, "y" in A.__dict__)
print(A.__name__, A().__class__ is A, (1).__class__ is int)
# expect: {'y': 2} True False
# expect: A True True
