class Shortening:
    def __eq__(self, other):
        a.clear()
        return True

a = [Shortening(), Shortening(), 1]
b = [0, 0, 1]
print(a == b)  # expect: False
