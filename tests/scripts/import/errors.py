import sys
for name in ("absent", "modules.absent", "modules.simple.absent", "absent.simple"):
    try:
        __import__(name)
    except ImportError as e:
        print("ImportError", name)
# expect: ImportError absent
# expect: ImportError modules.absent
# expect: simple runs as modules.simple
# expect: ImportError modules.simple.absent
# expect: ImportError absent.simple
try:
    from modules.with_all import unknown
except ImportError:
    print("no such name")
# expect: no such name
try:
    from modules import unknown
except ImportError:
    print("no such submodule")
# expect: no such submodule
