class Meddling:
    def __init__(self, n):
        self.n = n
    def __hash__(self):
        return 1
    def __eq__(self, other):
        global rounds
        if rounds < 5:
            rounds += 1
            for i in range(rounds * 10):
                d[i + 100] = i
            d.pop(1000, None)
        return self.n == other.n

rounds = 0
d = {}
for i in range(10):
    d[Meddling(i)] = i
print(len([k for k in d if isinstance(k, Meddling)]), rounds)  # expect: 10 5
print(d[Meddling(4)])  # expect: 4
