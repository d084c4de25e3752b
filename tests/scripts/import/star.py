from modules.simple import *  # expect: simple runs as modules.simple
from modules.with_all import *
print(x, f(), a, _b)  # expect: 1 1 1 2
for name in ("_hidden", "c"):
    try:
        eval(name)
    except NameError:
        print(name, "is not there")
# expect: _hidden is not there
# expect: c is not there
