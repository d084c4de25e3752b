d = {1: 2}
for key in ("x", (1, 2), None):
    try:
        d[key]
    except KeyError as e:
        print(repr(e), e.args[0] is key)
# expect: KeyError('x',) True
# expect: KeyError((1, 2),) True
# expect: KeyError(None,) True
try:
    del d[5]
except KeyError as e:
    print(e)  # expect: 5
