from collections import OrderedDict
a = OrderedDict([(1, 2), (3, 4)])
b = OrderedDict([(3, 4), (1, 2)])
print(a, a == b, a == dict(b), dict(a) == b, a != b)  # expect: OrderedDict({1: 2, 3: 4}) False True True True
print(a.popitem(), isinstance(a, dict), type(a.copy()) is OrderedDict, OrderedDict.fromkeys("a"))  # expect: (3, 4) True True OrderedDict({'a': None})
a.update(b)
print(a, a | {5: 6})  # expect: OrderedDict({1: 2, 3: 4}) OrderedDict({1: 2, 3: 4, 5: 6})
print(dict(**OrderedDict(x=1)))  # expect: {'x': 1}
