for source in ("from . import x", "from .m import x", "from .. import x"):
    try:
        exec(source)
    except ImportError:
        print("ImportError")
# expect: ImportError
# expect: ImportError
# expect: ImportError
