r = range(3)
for name in ("start", "x"):
    try:
        setattr(r, name, 1)
    except AttributeError:
        print("AttributeError")
# expect: AttributeError
# expect: AttributeError
try:
    r[0] = 1
except TypeError:
    print("TypeError")  # expect: TypeError
