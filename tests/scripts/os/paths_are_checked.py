import os
for path in (None, 5, "a\0b", b"a\0b"):
    try:
        os.stat(path)
    except (TypeError, ValueError) as e:
        print(e)
# expect: can't convert 'NoneType' object to str implicitly
# expect: can't convert 'int' object to str implicitly
# expect: a path can't hold a null byte
# expect: a path can't hold a null byte
