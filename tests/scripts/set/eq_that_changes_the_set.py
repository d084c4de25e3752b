class Meddling:
    rounds = 0
    def __init__(self, n):
        self.n = n
    def __hash__(self):
        return 1
    def __eq__(self, other):
        if Meddling.rounds < 4:
            Meddling.rounds += 1
            s.clear()
        return self.n == other.n

s = set()
for i in range(8):
    s.add(Meddling(i))
print(sorted(x.n for x in s))  # expect: [4, 5, 6, 7]
