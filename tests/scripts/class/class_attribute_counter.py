class A:
    count = 0
    def __init__(self):
        A.count += 1
def read():
    return A.count
for _ in range(3):
    A()
    print(read(), A().count)
# expect: 1 2
# expect: 3 4
# expect: 5 6
