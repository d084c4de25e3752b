print(round(1.5), round(2.5), round(-1.5), round(1.25, 1), round(7), round(1234, -2), round(15, -1), round(25, -1), round(True))
print(round(1.4), round(-0.6), round(123.456, 2), round(5, 3))
# expect: 2 2 -2 1.2 7 1200 20 20 1
# expect: 1 -1 123.46 5
