class D:
    def __get__(self, obj, cls):
        return ("get", obj is not None, cls.__name__)
    def __set__(self, obj, value):
        print("set", value)
    def __delete__(self, obj):
        print("delete")
    def __set_name__(self, owner, name):
        print("name", owner.__name__, name)
class A:
    d = D()
a = A()
print(a.d)
a.d = 5
del a.d
# expect: name A d
# expect: ('get', True, 'A')
# expect: set 5
# expect: delete
