import modules.simple as m  # expect: simple runs as modules.simple
m.new = 5
print(m.new, m.__name__, hasattr(m, "__file__"), type(m).__name__, "x" in dir(m))
# expect: 5 modules.simple True module True
del m.new
try:
    m.new
except AttributeError as e:
    print(e)
# expect: module 'modules.simple' has no attribute 'new'
try:
    del m.never
except AttributeError:
    print("AttributeError")
# expect: AttributeError
setattr(m, "x", 9)
print(m.f(), m.__dict__["x"])  # expect: 9 9
