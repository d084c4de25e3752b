cases = [("%d", "a"), ("%d", None), ("%x", 1.5), ("%f", "a"), ("%c", "ab"), ("%c", 1.5), ("%c", 0x110000), ("%s %s", (1,)), ("%s", (1, 2)), ("a", 1), ("%", 1), ("%5", 1), ("%q", 1), ("%(a)s", 1), ("%(a", {}), ("%(a)s", {}), ("%*d", (1,)), ("%*d", ("x", 1))]
for text, value in cases:
    try:
        print(text % value)
    except (TypeError, ValueError, KeyError, OverflowError) as e:
        print(text, type(e).__name__, e)
# expect: %d TypeError can't convert str to int
# expect: %d TypeError can't convert NoneType to int
# expect: %x TypeError can't convert float to int
# expect: %f TypeError can't convert str to float
# expect: %c TypeError %c needs int or char
# expect: %c TypeError integer needed
# expect: %c OverflowError char not in range(0x110000)
# expect: %s %s TypeError format string needs more arguments
# expect: %s TypeError format string didn't convert all arguments
# expect: a TypeError format string didn't convert all arguments
# expect: % ValueError incomplete format
# expect: %5 ValueError incomplete format
# expect: %q ValueError unsupported format character 'q' (0x71) at index 1
# expect: %(a)s TypeError format needs a dict
# expect: %(a ValueError incomplete format key
# expect: %(a)s KeyError a
# expect: %*d TypeError format string needs more arguments
# expect: %*d TypeError can't convert str to int
