for source in ("x = = 1", "if True\n pass", "def f(:\n pass", "for in x: pass", "(1, 2", "return 1", "break", "continue",
               "1 = x", "f() = 1", "def f(a, a): pass", "x +", "class: pass", "import", "from x import", "try:\n pass",
               "a b", "del 1", "*a", "x = *a", "lambda x=: 1", "def f(x=1, y): pass", "f(a=1, 2)", "f(**a, *b)",
               "else: pass", "'abc", "\"\"\"abc", "1a", "0b2", "0x", "@\nx", "yield 1", "global x y", "a, += 1",
               "None = 1", "(a, 1) = 2", "with x as 1: pass", "raise from x", "async x"):
    try:
        compile(source, "file", "exec")
        print("accepted:", source)
    except SyntaxError:
        pass
print("all refused")  # expect: all refused
