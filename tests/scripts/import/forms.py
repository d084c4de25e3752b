import modules.simple  # expect: simple runs as modules.simple
import modules.simple as again
from modules.simple import x, f as g
from modules import simple
print(modules.simple.x, again is simple, x, g(), simple.f is g)  # expect: 1 True 1 1 True
