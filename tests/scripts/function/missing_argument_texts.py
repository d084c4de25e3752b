def f(a, b, c=1):
    pass
def k(a, *, b=2):
    pass
for call in (lambda: f(), lambda: f(1), lambda: f(1, 2, 3, 4), lambda: f(b=1), lambda: f(1, c=2), lambda: k()):
    try:
        call()
    except TypeError as e:
        print(e)
# expect: f() takes 2 positional arguments but 0 were given
# expect: f() takes 2 positional arguments but 1 were given
# expect: f() takes 3 positional arguments but 4 were given
# expect: function missing required positional argument #0
# expect: function missing required positional argument #1
# expect: function missing required positional argument #0
