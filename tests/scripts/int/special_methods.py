class Number:
    def __int__(self):
        return 7
    def __float__(self):
        return 2.5

print(int(Number()), float(Number()))
# expect: 7 2.5
