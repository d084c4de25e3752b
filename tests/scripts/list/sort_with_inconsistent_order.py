class Chaos:
    state = 1
    def __lt__(self, other):
        Chaos.state = Chaos.state * 1103515245 + 12345 & 0x7FFFFFFF
        return Chaos.state & 1024 != 0

l = [Chaos() for i in range(500)]
before = set(id(x) for x in l)
l.sort()
print(set(id(x) for x in l) == before)  # expect: True
