class A:
    def __init__(self, v):
        self.v = v
    def __eq__(self, o):
        return isinstance(o, A) and self.v == o.v
    def __lt__(self, o):
        return self.v < o.v
    def __le__(self, o):
        return self.v <= o.v
print(A(1) == A(1), A(1) != A(1), A(1) == A(2), A(1) != A(2), A(1) == 1)
print(A(1) < A(2), A(2) > A(1), A(2) >= A(2), A(1) >= A(2))
print(A(1) in [A(3), A(1)], [A(1)] == [A(1)])
class B:
    pass
b = B()
print(b == b, b != b, b == B())
# expect: True False False True False
# expect: True True True False
# expect: True True
# expect: True False False
