class L(list):
    def double(self):
        return [x * 2 for x in self]
    def __len__(self):
        return 100 + super().__len__() if hasattr(list, "__len__") and False else 100
l = L([1, 2])
l.append(3)
print(l[0], l[2], l.double(), len(l))
list.append(l, 4)
print(list(l), isinstance(l, list), l == [1, 2, 3, 4])
class D(dict):
    pass
d = D(a=1)
d["b"] = 2
print(sorted(d.keys()), d["a"], "b" in d, len(d))
class S(str):
    def shout(self):
        return self.upper() + "!"
s = S("hi")
print(s, s.shout(), s + "x", "x" + s, s == "hi", {"hi": 1}[s])
class I(int):
    pass
i = I(5)
print(i + 1, 1 + i, i == 5, [10, 20, 30, 40, 50, 60][i], abs(I(-3)))
class T(tuple):
    pass
t = T((1, 2))
print(t[1], len(t), list(t))
x, y = t
print(x, y)
# expect: 1 3 [2, 4, 6] 100
# expect: [1, 2, 3, 4] True True
# expect: ['a', 'b'] 1 True 2
# expect: hi HI! hix xhi True 1
# expect: 6 6 True 60 3
# expect: 2 2 [1, 2]
# expect: 1 2
