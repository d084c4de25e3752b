print(round(2.5), round(3.5), round(-2.5), round(2.6), round(1e20), round(-0.4))
print(round(2.675, 2), round(1.25, 1), round(1234.56, -2), round(1.5, 0), round(1e300, 5), round(0.1, 30))
for x in (float("inf"), float("nan")):
    try:
        print(round(x))
    except (OverflowError, ValueError) as e:
        print(type(e).__name__)
print(round(float("inf"), 2), round(float("nan"), 2))
# expect: 2 4 -2 3 100000000000000000000 0
# expect: 2.67 1.2 1200.0 2.0 1e+300 0.1
# expect: OverflowError
# expect: ValueError
# expect: inf nan
