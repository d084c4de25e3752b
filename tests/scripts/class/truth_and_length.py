class A:
    def __len__(self):
        return 0
class B:
    def __bool__(self):
        return False
    def __len__(self):
        return 1
class C:
    pass
print(bool(A()), bool(B()), bool(C()), len(A()), not A())
class D:
    def __len__(self):
        return -1
try:
    len(D())
except ValueError:
    print("ValueError")
# expect: False False True 0 True
# expect: ValueError
