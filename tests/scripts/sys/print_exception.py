import sys, io
def f():
    raise ValueError("text")
try:
    f()
except ValueError as e:
    caught = e
out = io.StringIO()
sys.print_exception(caught, out)
lines = out.getvalue().split("\n")
print(lines[0], len(lines), lines[-2], lines[1].endswith("line 5, in <module>"), lines[2].endswith("line 3, in f"))
sys.print_exception(KeyError("no traceback"))
for bad in (5, sys.stdin):
    try:
        sys.print_exception(caught, bad)
    except (OSError, AttributeError, TypeError) as e:
        print(type(e).__name__)
# expect: Traceback (most recent call last): 5 ValueError: text True True
# expect: KeyError: no traceback
# expect: OSError
# expect: OSError
