for text in ("{:99999999999999999999}", "{:.99999999999999999999f}", "%99999999999999d", "%.99999999999999s"):
    try:
        text.format(1) if "{" in text else text % 1
    except ValueError as e:
        print(e)
# expect: too many decimal digits in format string
# expect: too many decimal digits in format string
# expect: too many decimal digits in format string
# expect: too many decimal digits in format string
for f in (lambda: "{:1000000000}".format("x"), lambda: "%1000000000d" % 1, lambda: "%-1000000000s" % "a"):
    try:
        f()
    except MemoryError:
        print("MemoryError")
# expect: MemoryError
# expect: MemoryError
# expect: MemoryError
