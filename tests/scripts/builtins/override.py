import builtins
def f():
    return abs(-1)
print(f())
# expect: 1
builtins.abs = lambda x: "mine"
print(f(), builtins.abs(1))
# expect: mine mine
del builtins.abs
print(f(), builtins.abs(-3))
# expect: 1 3
builtins.added = 5
print(added)
# expect: 5
