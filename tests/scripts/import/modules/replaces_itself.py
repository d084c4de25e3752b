import sys


class Stand:
    x = "in place of the module"


sys.modules[__name__] = Stand()
