import sys
def inner():
    raise ValueError("deep")
def outer():
    inner()
class Console:
    pass
try:
    outer()
except ValueError as e:
    import io
    out = io.StringIO()
    sys.print_exception(e, out)
    for line in out.getvalue().split("\n")[:-1]:
        print(line.split("\", ")[-1])
# expect: Traceback (most recent call last):
# expect: line 9, in <module>
# expect: line 5, in outer
# expect: line 3, in inner
# expect: ValueError: deep
