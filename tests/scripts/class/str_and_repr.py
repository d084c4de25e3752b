class A:
    def __repr__(self):
        return "repr"
class B:
    def __str__(self):
        return "str"
    def __repr__(self):
        return "repr"
print(A(), [A()], str(A()), repr(A()), "%s %r" % (B(), B()), [B()])
# expect: repr [repr] repr repr str repr [repr]
