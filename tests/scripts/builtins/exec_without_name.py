# Globals without a __name__ see that of builtins.
print(eval("__name__", {}))  # expect: builtins
names = {}
exec("class A:\n    y = 2", {}, names)
print(names["A"].y, names["A"].__module__)  # expect: 2 builtins
print(__name__)  # expect: __main__
