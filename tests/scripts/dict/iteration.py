d = {"a": 1, "b": 2, "c": 3}
print([k for k in d], [k for k in d.keys()], [v for v in d.values()], [k + str(v) for k, v in d.items()])
# expect: ['a', 'b', 'c'] ['a', 'b', 'c'] [1, 2, 3] ['a1', 'b2', 'c3']
print(list(d), sorted(d, reverse=True), max(d), sum(d.values()), dict((v, k) for k, v in d.items()), len(d.items()), list(reversed(list(d))))
# expect: ['a', 'b', 'c'] ['c', 'b', 'a'] c 6 {1: 'a', 2: 'b', 3: 'c'} 3 ['c', 'b', 'a']
print("a" in d, 1 in d.values(), ("a", 1) in d.items(), list(zip(d, d.values())), d.copy() == d, bool(d), bool({}))
# expect: True True True [('a', 1), ('b', 2), ('c', 3)] True True False
for i, k in enumerate(d):
    d[k] = i
print(d)  # expect: {'a': 0, 'b': 1, 'c': 2}
