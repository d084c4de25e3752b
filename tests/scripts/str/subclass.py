class S(str):
    def shout(self):
        return self.upper() + "!"
s = S("abc")
print(s, s.shout(), s[1], len(s), s + "d", "x" + s, s == "abc", s in {"abc": 1}, isinstance(s, str))
# expect: abc ABC! b 3 abcd xabc True True True
print(s.find("c"), "-".join([s, "d"]), s.replace("a", "z"), "%s" % s, "{}".format(s))
# expect: 2 abc-d zbc abc abc
