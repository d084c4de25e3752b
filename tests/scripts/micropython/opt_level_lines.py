# From level 3 on no line numbers are kept: tracebacks show line 1, those of syntax errors the true line.
import io, micropython, sys

SOURCE = """
def f():
    pass
    1 / 0

f()
"""


def places(source):
    try:
        exec(source)
    except Exception as e:
        text = io.StringIO()
        sys.print_exception(e, text)
        return [line.strip() for line in text.getvalue().split("\n") if "<string>" in line]


for level in (0, 2, 3, 4, -1):
    micropython.opt_level(level)
    print(level, places(SOURCE))
# expect: 0 ['File "<string>", line 6, in <module>', 'File "<string>", line 4, in f']
# expect: 2 ['File "<string>", line 6, in <module>', 'File "<string>", line 4, in f']
# expect: 3 ['File "<string>", line 1, in <module>', 'File "<string>", line 1, in f']
# expect: 4 ['File "<string>", line 1, in <module>', 'File "<string>", line 1, in f']
# expect: -1 ['File "<string>", line 1, in <module>', 'File "<string>", line 1, in f']
print(places("\n\n)"))  # expect: ['File "<string>", line 3']
micropython.opt_level(0)
