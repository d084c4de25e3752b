def f():
    try:
        raise KeyError("k")
    except KeyError:
        try:
            raise ValueError("v")
        except ValueError:
            pass
        raise
try:
    f()
except KeyError as e:
    print("KeyError", e.args)
# expect: KeyError ('k',)
