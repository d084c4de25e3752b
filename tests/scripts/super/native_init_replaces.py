class E(Exception):
    def __init__(self):
        super().__init__(1)
        Exception.__init__(self, 2, 3)
print(E().args, repr(E()))
# expect: (2, 3) E(2, 3)
