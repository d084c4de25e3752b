name = "n" * 300
class A:
    pass
for f in (lambda: setattr(A(), name, 1), lambda: getattr(A(), name), lambda: ("%(" + name + ")s") % {}, lambda: ("{" + name + "}").format()):
    try:
        f()
        print("fine")
    except RuntimeError as e:
        print(e)
    except TypeError:
        print("TypeError")
# expect: name too long
# expect: name too long
# expect: name too long
# expect: name too long
