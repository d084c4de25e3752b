for args in ((), (1, 2, 3, 4), ("a",), (1.5,), (1, 2, 0)):
    try:
        range(*args)
    except (TypeError, ValueError) as e:
        print(type(e).__name__)
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: ValueError
