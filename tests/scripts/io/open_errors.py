for args in (("/nonexistent/file",), ("/nonexistent/file", "w"), (77,)):
    try:
        open(*args)
    except OSError as e:
        print(e.errno)
# expect: 2
# expect: 2
# expect: 9
for args in ((None,), ("x", 5)):
    try:
        open(*args)
    except TypeError as e:
        print(e)
# expect: can't convert 'NoneType' object to str implicitly
# expect: can't convert 'int' object to str implicitly
