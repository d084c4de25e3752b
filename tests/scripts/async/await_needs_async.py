for source in ("await x", "def f():\n async for i in x: pass", "def f():\n async with x: pass"):
    try:
        compile(source, "file", "exec")
    except SyntaxError:
        print("SyntaxError")
# expect: SyntaxError
# expect: SyntaxError
# expect: SyntaxError
