import sys
import modules.simple  # expect: simple runs as modules.simple
modules.simple.x = "changed"
import modules.simple
print(modules.simple.x, "modules.simple" in sys.modules, sys.modules["modules.simple"] is modules.simple)
# expect: changed True True
del sys.modules["modules.simple"]
import modules.simple  # expect: simple runs as modules.simple
print(modules.simple.x)  # expect: 1
