for value, spec in ((1, "s"), ("a", "d"), ("a", "x"), (1.5, "d"), (1.5, "s"), ("a", "=5"), ("a", "+s"), (1, "+c"), (1, "5z"), ("a", ".x"), ([], "d"), (None, "f")):
    try:
        print(("{:" + spec + "}").format(value))
    except (ValueError, TypeError) as e:
        print(repr(value), spec, type(e).__name__, e)
# expect: 1 s ValueError unknown format code 's' for object of type 'int'
# expect: 'a' d ValueError unknown format code 'd' for object of type 'str'
# expect: 'a' x ValueError unknown format code 'x' for object of type 'str'
# expect: 1.5 d ValueError unknown format code 'd' for object of type 'float'
# expect: 1.5 s ValueError unknown format code 's' for object of type 'float'
# expect: 'a' =5 ValueError '=' alignment not allowed in string format specifier
# expect: 'a' +s ValueError sign not allowed in string format specifier
# expect: 1 +c ValueError sign not allowed with integer format specifier 'c'
# expect: 1 5z ValueError invalid format specifier
# expect: 'a' .x ValueError unknown format code 'x' for object of type 'str'
# expect: [] d ValueError unknown format code 'd' for object of type 'list'
# expect: None f ValueError unknown format code 'f' for object of type 'NoneType'
for value in ([1], None, bytearray(b"x")):
    try:
        print("{:5}".format(value))
    except TypeError as e:
        print(e)
# expect: can't convert 'list' object to str implicitly
# expect: can't convert 'NoneType' object to str implicitly
# expect: can't convert 'bytearray' object to str implicitly
