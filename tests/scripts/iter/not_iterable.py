for x in (1, None, len, object()):
    try:
        iter(x)
    except TypeError as e:
        print(e)
# expect: 'int' object isn't iterable
# expect: 'NoneType' object isn't iterable
# expect: 'function' object isn't iterable
# expect: 'object' object isn't iterable
