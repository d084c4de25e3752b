print(float("1.5"), float(" -2.5e3 "), float("1e400"), float("-1e400"), float("1e-400"), float(".5"), float("5."))
print(float("inf"), float("-Infinity"), float("NaN"), float("1_0.2_5"), float(b"2.5"))
print(float(3), float(True), float(1 << 70), float())
for text in ("", " ", ".", "e5", "1e", "1e+", "--1", "1 2", "0x10", "abc", "1j", "1.2.3"):
    try:
        print(float(text))
    except ValueError as e:
        print("ValueError")
# expect: 1.5 -2500.0 inf -inf 0.0 0.5 5.0
# expect: inf -inf nan 10.25 2.5
# expect: 3.0 1.0 1.1805916207174113e+21 0.0
# expect: ValueError
# expect: ValueError
# expect: ValueError
# expect: ValueError
# expect: ValueError
# expect: ValueError
# expect: ValueError
# expect: ValueError
# expect: ValueError
# expect: ValueError
# expect: ValueError
# expect: ValueError
