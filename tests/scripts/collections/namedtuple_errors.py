from collections import namedtuple
P = namedtuple("P", "x y")
for f in (lambda: P(1), lambda: P(1, 2, 3), lambda: P(1, x=1), lambda: P(1, z=1)):
    try:
        f()
    except TypeError as e:
        print(e)
# expect: P() takes 2 positional arguments but 1 were given
# expect: P() takes 2 positional arguments but 3 were given
# expect: function got multiple values for argument 'x'
# expect: unexpected keyword argument 'z'
try:
    P(1, 2).x = 5
except AttributeError as e:
    print(e)  # expect: can't set attribute
try:
    P(1, 2).z
except AttributeError as e:
    print(e)  # expect: 'P' object has no attribute 'z'
