import io
out = io.StringIO()
print(1, "two", file=out)
print(3, file=out, end="")
print(repr(out.getvalue()))
# expect: '1 two\n3'
try:
    print(1, file=1)
except OSError as e:
    print(e)
# expect: stream operation not supported
