class Celsius(float):
    pass

c = Celsius(21.5)
print(c + 1, 1 + c, c == 21.5, c > 20, -c, float(c), str(c), round(c, 0), isinstance(c, float))
# expect: 22.5 22.5 True True -21.5 21.5 21.5 22.0 True
