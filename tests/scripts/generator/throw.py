def g():
    while True:
        try:
            got = yield 1
            print("got", got)
        except ValueError as e:
            print("caught", e)
        finally:
            print("round")
it = g()
next(it)
print(it.throw(ValueError("v")))
# expect: caught v
# expect: round
# expect: 1
print(it.throw(ValueError))
# expect: caught 
# expect: round
# expect: 1
try:
    it.throw(KeyError("k"))
except KeyError as e:
    print("out", e.args)
# expect: round
# expect: out ('k',)
print(list(it))  # expect: []
