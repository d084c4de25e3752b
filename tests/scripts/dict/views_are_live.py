d = {1: 2}
k, v, i = d.keys(), d.values(), d.items()
d[3] = 4
print(k, v, i)  # expect: dict_keys([1, 3]) dict_values([2, 4]) dict_items([(1, 2), (3, 4)])
print(len(k), len(v), len(i), 3 in k, 4 in v, (3, 4) in i, 9 in k)  # expect: 2 2 2 True True True False
print(list(k), list(v), list(i), bool(k), bool({}.keys()))  # expect: [1, 3] [2, 4] [(1, 2), (3, 4)] True False
