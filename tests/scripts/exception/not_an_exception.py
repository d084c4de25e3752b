for thing in (1, "x", None, int, object):
    try:
        raise thing
    except TypeError:
        print("TypeError")
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: TypeError
