class Raising:
    def __hash__(self):
        return 1
    def __eq__(self, other):
        raise ValueError("eq")

d = {Raising(): 1}
for f in (lambda: d[Raising()], lambda: d.update({Raising(): 2}), lambda: d.pop(Raising(), 0), lambda: Raising() in d):
    try:
        f()
    except ValueError as e:
        print(e, len(d))
# expect: eq 1
# expect: eq 1
# expect: eq 1
# expect: eq 1
