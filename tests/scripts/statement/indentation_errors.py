for source in (" x = 1", "if 1:\nx = 1", "if 1:\n  a\n b", "if 1:\n\ta\n  b", "def f():\n", "x = 1\n  y = 2"):
    try:
        compile(source, "file", "exec")
        print("accepted:", source)
    except SyntaxError as e:
        print("refused")
# expect: refused
# expect: refused
# expect: refused
# expect: refused
# expect: refused
# expect: refused
