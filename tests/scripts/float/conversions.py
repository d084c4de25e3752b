print(float("1.5"), float(" -2e3 "), float("1_0.5"), float(5), float(True), float(), float("1."), float(".5"), float(10 ** 25))
# expect: 1.5 -2000.0 10.5 5.0 1.0 0.0 1.0 0.5 1e+25
print(int(3.99), int(-3.99), int("12"), str(1.5), repr(0.1), bool(0.1), complex(1.5), (1.5).__class__.__name__)
# expect: 3 -3 12 1.5 0.1 True (1.5+0j) float
for text in ("", "a", "1e", "1 2", "--1", "0x10", "1.2.3", "1e5.5", "infin", "é"):
    try:
        float(text)
        print("accepted", text)
    except ValueError:
        pass
for value in (None, [], "x" * 0 or {}):
    try:
        float(value)
    except TypeError:
        print("TypeError")
# expect: TypeError
# expect: TypeError
# expect: TypeError
