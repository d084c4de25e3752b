x = 1
def f():
    y = 2
    return locals() is globals()
print(f(), globals()["x"], "f" in globals())
# expect: True 1 True
globals()["made"] = 3
print(made)
# expect: 3
