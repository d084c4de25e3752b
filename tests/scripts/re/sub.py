import re
print(re.sub("(a+)(b)?", r"<\1|\g<2>|\0>", "xaabya"), re.sub("a", r"\\", "bab"), re.sub("b", "\\\\1", "abc"))
# expect: x<aa|b|aab>y<a||a> b\b a\1c
print(re.sub("a", "b", "aaaa", 3), re.sub("a", "b", "aaaa", 0), re.sub("a", "b", "aaaa", -1), re.sub("a", "b", "aaaa", 1, 0))
# expect: bbba bbbb bbbb baaa
print(re.compile("é").sub("€", "éaé"), re.sub("^a", "-", "aab"), re.sub("a", r"\q\g<x\ ", "a"))
# expect: €a€ -ab qx 
subject = "abc"
print(re.sub("x", "y", subject) is subject)
# expect: True
for replacement in (r"\2", r"\g<3>", "\\" + "9" * 40):
    try:
        re.sub("(a)", replacement, "a")
    except IndexError as e:
        print(e)
# expect: 2
# expect: 3
# expect: 1000000
