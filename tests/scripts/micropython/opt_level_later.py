# It is for what is compiled later: functions keep their asserts, and so does the rest of the script.
import micropython


def check():
    assert False, "kept"


micropython.opt_level(1)
exec("def check_later():\n    assert False\n    return __debug__")
try:
    check()
except AssertionError as e:
    print(e, __debug__)  # expect: kept True
print(check_later())  # expect: False
exec("if __debug__:\n    print('debugging')\nelse:\n    print('not debugging')")  # expect: not debugging
micropython.opt_level(0)
