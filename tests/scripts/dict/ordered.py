from collections import OrderedDict
d = OrderedDict([("b", 1), ("a", 2)])
d["c"] = 3
d["b"] = 10
print(list(d), list(d.values()), list(d.items()), d == {"a": 2, "b": 10, "c": 3}, len(d))
# expect: ['b', 'a', 'c'] [10, 2, 3] [('b', 10), ('a', 2), ('c', 3)] True 3
del d["a"]
d["a"] = 4
print(list(d), d.pop("c"), list(d.keys()), d.popitem(), d.get("x", 0), "b" in d)
# expect: ['b', 'c', 'a'] 3 ['b', 'a'] ('a', 4) 0 True
plain = {}
for key in ("z", "y", "x"):
    plain[key] = key * 2
del plain["z"]
plain["z"] = "last"
plain["y"] = "kept in place"
print(plain, list(plain), dict(z=1, a=2), {"b": 1, "a": 2})
# expect: {'y': 'kept in place', 'x': 'xx', 'z': 'last'} ['y', 'x', 'z'] {'z': 1, 'a': 2} {'b': 1, 'a': 2}
