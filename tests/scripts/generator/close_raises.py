def g():
    try:
        yield 1
    except GeneratorExit:
        raise ValueError("while closing")
it = g()
next(it)
try:
    it.close()
except ValueError as e:
    print(e)
# expect: while closing
print(list(it))  # expect: []
