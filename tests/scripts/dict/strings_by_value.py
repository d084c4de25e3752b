key = "".join(["k", "ey"])
d = {key: 1}
print(d["key"], d.get("k" + "ey"), "key" in d)  # expect: 1 1 True
for i in range(20):
    d["key" + str(i)] = i
print(d["key7"], d["".join(("key", "1", "9"))], "key20" in d)  # expect: 7 19 False
