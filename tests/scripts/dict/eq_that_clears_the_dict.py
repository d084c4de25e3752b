class Clearing:
    def __hash__(self):
        return 1
    def __eq__(self, other):
        d.clear()
        return False

d = {}
d[Clearing()] = 1
d[Clearing()] = 2
print(len(d))  # expect: 1
print(Clearing() in d, d)  # expect: False {}
