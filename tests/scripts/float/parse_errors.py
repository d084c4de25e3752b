for value in ("abc", None, [], 1j):
    try:
        print(float(value))
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
# expect: ValueError invalid syntax for number
# expect: TypeError can't convert NoneType to float
# expect: TypeError can't convert list to float
# expect: TypeError can't convert complex to float
