# What super() hands to a native method is of its type, whoever the first argument of the method is.
class A(list):
    def f(self):
        return super().append(1)

    def g(self):
        return super(A, self).extend

    @classmethod
    def h(cls):
        return super().append


for receiver in 5, {}, "text", object(), list, None, [1], list.append:
    for method in A.f, A.g:
        try:
            method(receiver)
            print("done")
        except TypeError as e:
            print(e)
# expect: super(type, obj): obj must be an instance or subtype of type
# expect: super(type, obj): obj must be an instance or subtype of type
# expect: super(type, obj): obj must be an instance or subtype of type
# expect: super(type, obj): obj must be an instance or subtype of type
# expect: super(type, obj): obj must be an instance or subtype of type
# expect: super(type, obj): obj must be an instance or subtype of type
# expect: super(type, obj): obj must be an instance or subtype of type
# expect: super(type, obj): obj must be an instance or subtype of type
# expect: super(type, obj): obj must be an instance or subtype of type
# expect: super(type, obj): obj must be an instance or subtype of type
# expect: super(type, obj): obj must be an instance or subtype of type
# expect: super(type, obj): obj must be an instance or subtype of type
# expect: super(type, obj): obj must be an instance or subtype of type
# expect: super(type, obj): obj must be an instance or subtype of type
# expect: super(type, obj): obj must be an instance or subtype of type
# expect: super(type, obj): obj must be an instance or subtype of type


class B(A):
    pass


b = B()
b.f()
A.f(b)
A.g(b)([2])
B.h()(b, 3)
print(list(b))  # expect: [1, 1, 2, 3]
try:
    B.h()({}, 3)
except TypeError as e:
    print(e)  # expect: argument has wrong type
