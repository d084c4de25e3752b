class Ending:
    def __iter__(self):
        return self
    def __next__(self):
        raise StopIteration

print(list(Ending()), tuple(Ending()), set(Ending()), list(zip(Ending(), [1])), sum(Ending()))  # expect: [] () set() [] 0
