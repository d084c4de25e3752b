import sys
for status in (None, 0, 3, "text", 2.5):
    try:
        sys.exit(status)
    except SystemExit as e:
        print(repr(e), e.args, e.value)
try:
    sys.exit()
except SystemExit as e:
    print(repr(e), e.args)
try:
    sys.exit(1, 2)
except TypeError as e:
    print(e)
def f():
    try:
        sys.exit("reason")
    finally:
        print("finally")
try:
    f()
except Exception:
    print("not an Exception")
except BaseException as e:
    print(type(e).__name__)
# expect: SystemExit(None,) (None,) None
# expect: SystemExit(0,) (0,) 0
# expect: SystemExit(3,) (3,) 3
# expect: SystemExit('text',) ('text',) text
# expect: SystemExit(2.5,) (2.5,) 2.5
# expect: SystemExit() ()
# expect: function expected at most 1 arguments, got 2
# expect: finally
# expect: SystemExit
