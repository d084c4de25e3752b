class A:
    def __int__(self):
        return 7
print("%d %05d" % (A(), A()))
# expect: 7 00007
