import json


class Items(list):
    pass


class Text(str):
    pass


class Map(dict):
    pass


class Told(list):
    def __repr__(self):
        return "told"


class Plain:
    def __str__(self):
        return "not asked for"

    def __repr__(self):
        return '{"plain": 1}'


print(json.dumps([Items([1, Items("a")]), Text('"'), Map(a=Text("b")), Told([1]), Plain()]))
# expect: [[1, ["a"]], "\"", {"a": "b"}, told, {"plain": 1}]
print(json.dumps({Text("a"): 1}))
# expect: {"a": 1}


class Fails:
    def __repr__(self):
        raise OSError(5)


try:
    json.dumps([Fails()])
except OSError as e:
    print(e.errno)
# expect: 5


class Growing:
    def __init__(self, items):
        self.items = items

    def __repr__(self):
        if len(self.items) < 5:
            self.items.append(len(self.items))
        return "grown"


items = []
items.append(Growing(items))
items.append(items[0])
print(json.dumps(items))
# expect: [grown, grown, 2, 3]
