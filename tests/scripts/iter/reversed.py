print(list(reversed([1, 2, 3])), list(reversed((1, 2))), list(reversed("ab")), list(reversed(range(3))))  # expect: [3, 2, 1] [2, 1] ['b', 'a'] [2, 1, 0]

class Sized:
    def __len__(self):
        return 2
    def __getitem__(self, i):
        return i * 10

print(list(reversed(Sized())))  # expect: [10, 0]

class Own:
    def __reversed__(self):
        return iter("own")

print(list(reversed(Own())))  # expect: ['o', 'w', 'n']
try:
    reversed(iter([]))
except TypeError:
    print("TypeError")  # expect: TypeError
