class Own:
    def __iter__(self):
        return self
    def __next__(self):
        return 1
    def throw(self, what):
        print("throw", what)
        return 2
def delegating():
    yield from Own()
def twice():
    yield from delegating()
for thrown in (5, ZeroDivisionError, "text"):
    g = twice()
    print(next(g), g.throw(thrown))
# expect: throw 5
# expect: 1 2
# expect: throw <class 'ZeroDivisionError'>
# expect: 1 2
# expect: throw text
# expect: 1 2
g = twice()
next(g)
print(g.close())  # expect: None
