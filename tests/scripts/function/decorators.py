def named(name):
    print("make", name)
    def decorate(f):
        print("apply", name)
        def wrapper(*args):
            return name, f(*args)
        return wrapper
    return decorate
@named("outer")
@named("inner")
def f(x):
    return x
# expect: make outer
# expect: make inner
# expect: apply inner
# expect: apply outer
print(f(5))  # expect: ('outer', ('inner', 5))
class Register:
    known = {}
    def __call__(self, cls):
        self.known[cls.__name__] = cls
        return cls
register = Register()
@register
class A:
    pass
@register
class B(A):
    pass
print(sorted(Register.known), Register.known["A"] is A)  # expect: ['A', 'B'] True
