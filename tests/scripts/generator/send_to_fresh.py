def g():
    yield 1
fresh = g()
try:
    fresh.send(5)
except TypeError as e:
    print("TypeError")
# expect: TypeError
print(fresh.send(None))  # expect: 1
