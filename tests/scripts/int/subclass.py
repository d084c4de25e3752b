class Meters(int):
    def double(self):
        return Meters(self * 2)

m = Meters(21)
print(m + 1, 1 + m, m.double() == 42, int(m), m == 21, str(m), m > 20, -m)
print(isinstance(m, int), hash(m) == hash(21), {21: "x"}[m], [0] * Meters(2))
# expect: 22 22 True 21 True 21 True -21
# expect: True True x [0, 0]
