# What is wrong is so where it never runs, too.
for source in (
    "if 0: True = 1", "if 0:\n None = 1", "if 0: f() = 1", "if 0: del 1", "if 1: pass\nelse: True = 1", "while 0: True = 1",
    "if 0: return", "if 0: break", "if False: continue", "if 0: x = yield", "if 0: await x", "if 0:\n def f(a, a): pass",
    "if 0: nonlocal x", "0 and (True := 1)", "x = 1 if 1 else (None := 2)", "1 or (f() := 1)", "[(x.y := 1) for x in ()] if 0 else 1",
    "if 0: 1 = x", "if 0: x = *a", "if 0: f(**k, *a)", "if 0: f(a=1, b)", "def f():\n return\n True = 1", "if 0: a, *b, *c = d",
    "if 0: [x async for x in y]", "assert 1, (True := 2)",
):
    try:
        compile(source, "source", "exec")
        print(source)
    except SyntaxError:
        pass
print("done")
# expect: done
