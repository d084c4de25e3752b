class Emptying:
    def __eq__(self, other):
        l.clear()
        return True

l = [1, 2, Emptying(), 3]
try:
    l.remove("x")
except ValueError:
    print("gone")
print(l)  # expect: []
