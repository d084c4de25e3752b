class Manager:
    def __enter__(self):
        print("enter")
        return 5
    def __exit__(self, kind, value, trace):
        print("exit", kind and kind.__name__)
def g():
    with Manager() as m:
        yield m
        yield m + 1
it = g()
print(next(it))
# expect: enter
# expect: 5
print(next(it))  # expect: 6
it.close()  # expect: exit GeneratorExit
print(list(g()))
# expect: enter
# expect: exit None
# expect: [5, 6]
