for source in ("def f(x: ptr16): pass", "def f(x: ptr32): pass", "def f(): return ptr8(0)", "def f(x): return uint(x)"):
    try:
        exec("@micropython.viper\n" + source)
    except NotImplementedError as e:
        print(e)
# expect: viper code runs as bytecode, which has no type ptr16
# expect: viper code runs as bytecode, which has no type ptr32
# expect: viper code runs as bytecode, which has no type ptr8
# expect: viper code runs as bytecode, which has no type uint
exec("@micropython.viper\ndef f(uint): return uint + 1\nprint(f(1))")  # expect: 2
exec("def f(x: ptr16): return x\nprint(f(1))")  # expect: 1
