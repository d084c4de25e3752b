class Squares:
    def __getitem__(self, i):
        if i == 4:
            raise IndexError
        return i * i

print(list(Squares()), 9 in Squares(), 5 in Squares(), max(Squares()))  # expect: [0, 1, 4, 9] True False 9

class Broken:
    def __getitem__(self, i):
        raise KeyError(i)

try:
    list(Broken())
except KeyError as e:
    print(e.args)  # expect: (0,)
