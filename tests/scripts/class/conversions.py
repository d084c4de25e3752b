class A:
    def __int__(self): return 42
    def __float__(self): return 1.5
    def __str__(self): return "str"
    def __repr__(self): return "repr"
    def __bool__(self): return False
    def __len__(self): return 3
    def __hash__(self): return 7
    def __contains__(self, x): return x == 5
    def __getitem__(self, i): return ("item", i)
    def __call__(self, *args, **kw): return args, kw
a = A()
print(int(a), float(a), str(a), repr(a), bool(a), len(a), hash(a), 5 in a, 6 in a, a[1], a["x"], a(1, k=2))
# expect: 42 1.5 str repr False 3 7 True False ('item', 1) ('item', 'x') ((1,), {'k': 2})
print("%s %r" % (a, a), "{} {!r}".format(a, a), [a], f"{a}", "yes" if a else "no", not a)
# expect: str repr str repr [repr] str no True
