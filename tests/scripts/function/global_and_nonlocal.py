g = 1
def f():
    global g, made
    g += 1
    made = "made"
f()
print(g, made)  # expect: 2 made
def outer():
    v = 1
    def middle():
        def inner():
            nonlocal v
            v = v * 10
        inner()
        return v
    return middle(), v
print(outer())  # expect: (10, 10)
class C:
    global in_class
    in_class = 5
    g = "attribute"
    def method(self):
        return g
print(in_class, C.g, C().method())  # expect: 5 attribute 2
for source in ("def f():\n nonlocal q", "nonlocal q", "def f():\n x = 1\n global x",
               "def f(a):\n def g():\n  nonlocal a\n  a = 1\n g()\n return a\nprint(f(0))"):
    try:
        exec(source)
    except SyntaxError:
        print("SyntaxError")
# expect: SyntaxError
# expect: SyntaxError
# expect: SyntaxError
# expect: 1
