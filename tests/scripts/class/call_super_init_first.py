class L(list):
    def __init__(self):
        self.append(1)
try:
    L()
except AttributeError as e:
    print(e)
# expect: call super().__init__() first
