s = "a" * 70000 + "b" + "a" * 70000
print(s.find("b"), s.rfind("b"), s.find("ab"), s.rfind("ba"), s.count("a"), s.find("bb"), s.rfind("bb"))
# expect: 70000 70000 69999 70000 140000 -1 -1
t = "a" * 100000 + "c"
print((s + t).find(t) == len(s), (s + t).rfind(t) == len(s))
# expect: True True
print(len(s.split("b")), len(s.replace("b", "xyz")), s.replace("b", "")  == "a" * 140000)
# expect: 2 140003 True
