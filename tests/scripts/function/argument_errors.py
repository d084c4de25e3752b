def f(a, b, *, c=1):
    pass
def g(*, k):
    pass
for call in (lambda: f(), lambda: f(1), lambda: f(1, 2, 3), lambda: f(1, 2, a=1), lambda: f(1, 2, d=1), lambda: g(),
             lambda: g(1), lambda: f(*[1]), lambda: f(**{"a": 1}), lambda: f(*5), lambda: f(**{1: 2})):
    try:
        call()
        print("no error")
    except TypeError:
        print("TypeError")
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: TypeError
