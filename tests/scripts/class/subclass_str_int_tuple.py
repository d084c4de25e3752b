class S(str):
    def shout(self):
        return self.upper() + "!"
s = S("abc")
print(s.shout(), s + "d", len(s), s == "abc", s[0], isinstance(s, str), {s: 1}["abc"], "b" in s, s.split("b"))
# expect: ABC! abcd 3 True a True 1 True ['a', 'c']
class I(int):
    def double(self):
        return self * 2
i = I(21)
print(i.double(), i + 1, i == 21, 22 - i, isinstance(i, int), str(i), i > 20)  # expect: 42 22 True 1 True 21 True
class T(tuple):
    def total(self):
        return sum(self)
t = T((1, 2, 3))
print(t.total(), t[1], len(t), t + (4,), t == (1, 2, 3), isinstance(t, tuple), 2 in t)
# expect: 6 2 3 (1, 2, 3, 4) True True True
a, *b = t
print(a, b)  # expect: 1 [2, 3]
