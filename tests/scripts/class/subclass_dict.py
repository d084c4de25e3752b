class D(dict):
    def __getitem__(self, key):
        return "<" + str(super().__getitem__(key)) + ">" if key in self else "none"
    def keys(self):
        return sorted(super().keys())
d = D(a=1)
d["b"] = 2
print(d["a"], d["x"], d.keys(), d.get("b"), len(d), "a" in d, isinstance(d, dict))
# expect: <1> none ['a', 'b'] 2 2 True True
d.own = 5
del d["a"]
print(d, d.own, d == {"b": 2})  # expect: {'b': 2} 5 True
