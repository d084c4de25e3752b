import sys
print(sys.exc_info())
try:
    raise ValueError("v")
except ValueError as e:
    print(sys.exc_info()[0] is ValueError, sys.exc_info()[1] is e)
    try:
        raise KeyError("k")
    except KeyError:
        print(sys.exc_info()[0])
print(sys.exc_info()[0])
# expect: (None, None, None)
# expect: True True
# expect: <class 'KeyError'>
# expect: None
