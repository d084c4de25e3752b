import micropython
print(micropython.opt_level())
micropython.opt_level(0)
try:
    exec("assert 0, 'kept'")
except AssertionError as e:
    print(e, eval("__debug__"))
micropython.opt_level(1)
exec("assert 0, 'dropped'")
print(micropython.opt_level(), eval("__debug__"))
micropython.opt_level(0)
for bad in ("1", 1.5, None):
    try:
        micropython.opt_level(bad)
    except TypeError as e:
        print(e)
# expect: 0
# expect: kept True
# expect: 1 False
# expect: can't convert str to int
# expect: can't convert float to int
# expect: can't convert NoneType to int
