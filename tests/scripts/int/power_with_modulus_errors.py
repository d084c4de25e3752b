for args in ((2, 3, 0), (2, -1, 5), (2.0, 3, 5), ("a", 2, 3)):
    try:
        print(pow(*args))
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
# expect: ValueError divide by zero
# expect: ValueError negative exponent with a modulus
# expect: TypeError pow() with 3 arguments requires integers
# expect: TypeError pow() with 3 arguments requires integers
