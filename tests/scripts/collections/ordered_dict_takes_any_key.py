from collections import OrderedDict

d = OrderedDict()
d[[1, 2]] = "list"
d[:"a"] = "slice"
d["b"] = "str"
print(d[[1, 2]], [2, 1] in d, list(d.values()))  # expect: list False ['list', 'slice', 'str']
print(list(d))  # expect: [[1, 2], slice(None, 'a', None), 'b']
