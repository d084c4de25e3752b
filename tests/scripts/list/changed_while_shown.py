class Clearing:
    def __repr__(self):
        l.clear()
        return "here"

l = [1, Clearing(), 2, 3]
print(l)  # expect: [1, here]
print(l)  # expect: []
