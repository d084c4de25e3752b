def g():
    while True:
        try:
            yield 1
        except GeneratorExit:
            print("no")
it = g()
next(it)
try:
    it.close()
except RuntimeError as e:
    print(e)
# expect: no
# expect: generator ignored GeneratorExit
