s = "foobar"
print(s.startswith("foo"), s.startswith("bar"), s.startswith(""), s.startswith("bar", 3), s.startswith("foo", 0, 2))
# expect: True False True True False
print(s.endswith("bar"), s.endswith("foo"), s.endswith(""), s.endswith("foo", 0, 3), s.endswith("bar", 4))
# expect: True False True True False
print(s.startswith(("x", "f")), s.endswith(("x", "y")), s.startswith(()))
# expect: True False False
print("äöü".startswith("ö", 1), "äöü".endswith("ö", 0, 2))
# expect: True True
try:
    s.startswith(1)
except TypeError as e:
    print(e)
# expect: can't convert 'int' object to str implicitly
