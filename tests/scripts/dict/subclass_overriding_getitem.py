class Upper(dict):
    def __getitem__(self, key):
        return super().__getitem__(key).upper()
    def __setitem__(self, key, value):
        super().__setitem__(key, value + "!")

d = Upper(a="b")
d["c"] = "d"
print(d["a"], d["c"], d.get("c"), len(d), list(d))  # expect: B D! d! 2 ['a', 'c']
