import sys

from modules.with_all import a

print(__name__, sys.argv, "modules" in sys.modules, a)
