d = {"a": 1, "ä" * 20: 2}
print(d["a"], d["".join(["ä"] * 20)])
# expect: 1 2
print(hash("abc") == hash("ab" + "c"))
# expect: True
print({"x": 1, "x" * 1: 2})
# expect: {'x': 2}
