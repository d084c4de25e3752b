import re
print(re.match("b+", "abb"), re.search("b+", "abb").group(0), re.match("a", "abb").group(), re.search("x", "abb"))
# expect: None bb a None
p = re.compile("(a+)(b+)?")
for s in ("xaab", "aa", ""):
    m = p.search(s)
    print(m and (m.group(0), m.groups()))
# expect: ('aab', ('aa', 'b'))
# expect: ('aa', ('aa', None))
# expect: None
print(re.match(p, "aab").group(2), re.search(re.compile("b"), "ab").span())
# expect: b (1, 2)
