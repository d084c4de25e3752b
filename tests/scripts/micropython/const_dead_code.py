# Conditions on constants are decided when the script is compiled.
from micropython import const

_DEBUG = const(False)
if _DEBUG:
    never_compiled_name()


def f():
    while _DEBUG:
        another_name()
    return 1 if _DEBUG else 2


print(f())  # expect: 2
