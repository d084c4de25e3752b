# Directories to search and names of packages that are longer than any can be are refused at once.
import sys

sys.path.insert(0, "x" * 70000)
try:
    import no_such_module
except OSError as e:
    print(e)  # expect: 36
sys.path[0] = "a\0b"
try:
    import no_such_module
except ValueError as e:
    print(e)  # expect: a path can't hold a null byte
sys.path[0] = 5
try:
    import no_such_module
except ImportError as e:
    print(e)  # expect: no module named 'no_such_module'
try:
    __import__("x", {"__name__": "." * 100000}, None, None, 2**31 - 1)
except RuntimeError as e:
    print(e)  # expect: name too long
