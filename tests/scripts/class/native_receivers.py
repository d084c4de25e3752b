# However a method of a native type is reached, it wants an object of that type.
class A(list):
    pass


class Unmade(list):
    pass


class Other:
    append = list.append
    length = staticmethod(list.count)
    made = classmethod(list.append)
    shown = property(list.copy)


def refused(function, *arguments):
    try:
        print(function(*arguments))
    except (TypeError, AttributeError) as e:
        print(type(e).__name__, e)


for function in list.append, list.__dict__["append"], A.append, [list.append][0]:
    refused(function, {}, 1)
# expect: TypeError argument has wrong type
# expect: TypeError argument has wrong type
# expect: TypeError argument has wrong type
# expect: TypeError argument has wrong type
refused(list.append, 5, 1)  # expect: TypeError argument has wrong type
refused(list.append, object(), 1)  # expect: TypeError argument has wrong type
refused(list.append, Other(), 1)  # expect: TypeError argument has wrong type
refused(Other().append, 1)  # expect: TypeError argument has wrong type
refused(Other.length, {}, 1)  # expect: TypeError argument has wrong type
refused(Other.made, 1)  # expect: TypeError argument has wrong type
refused(lambda: Other().shown)  # expect: TypeError argument has wrong type
refused(bytes.__dict__["decode"], "text")  # expect: TypeError argument has wrong type
refused(dict.__dict__["get"], [], 1)  # expect: TypeError argument has wrong type
refused(set.__dict__["add"], frozenset(), 1)  # expect: TypeError argument has wrong type

x = []
list.__dict__["append"](x, 1)
list.append(x, 2)
Other.length(x, 1)
print(x)  # expect: [1, 2]
a = A()
A.__dict__.get("append", list.append)(a, 3)
print(a)  # expect: [3]

# Class methods and static methods of native types, as their dict shows them.
print(bytes.__dict__["fromhex"], object.__dict__["__new__"])  # expect: <classmethod> <staticmethod>


class Hex:
    read = bytes.__dict__["fromhex"]


print(Hex.read("414243"))  # expect: b'ABC'

# Without its native part an instance is no receiver either.
for method in "append", "pop", "count":
    refused(getattr(list, method), object.__new__(Unmade), 1)
# expect: AttributeError call super().__init__() first
# expect: AttributeError call super().__init__() first
# expect: AttributeError call super().__init__() first
