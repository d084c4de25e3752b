from collections import OrderedDict

class Clearing:
    def __eq__(self, other):
        a.clear()
        return True

a = OrderedDict([(1, Clearing()), (2, 3)])
b = OrderedDict([(1, 0), (2, 3)])
print(a == b, len(a))  # expect: False 0
