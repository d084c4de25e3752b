import sys, io
e = ValueError(1, 2)
try:
    raise e
except ValueError:
    pass
e.__traceback__ = None
out = io.StringIO()
sys.print_exception(e, out)
print(out.getvalue(), end="")
# expect: ValueError: (1, 2)
try:
    e.__traceback__ = 1
except AttributeError:
    print("AttributeError")
# expect: AttributeError
