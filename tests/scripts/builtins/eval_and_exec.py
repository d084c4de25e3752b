x = 5
print(eval("x + 1"), eval("x * y", {"x": 2, "y": 3}), eval("[i for i in range(x)]"), eval(" 1 + 2 "), eval("(1,\n2)"))
# expect: 6 6 [0, 1, 2, 3, 4] 3 (1, 2)
space = {"a": 1}
exec("b = a + 1\ndef f():\n    return a + b", space)
print(space["b"], space["f"]())  # expect: 2 3
exec("x = 6")
print(x)  # expect: 6
g, l = {"v": 1}, {}
exec("w = v + 1", g, l)
print(l, "w" in g)  # expect: {'w': 2} False
code = compile("x * 2", "name", "eval")
print(eval(code), eval(code, {"x": "s"}), exec(compile("y = 1", "name", "exec")), y)  # expect: 12 ss None 1
for source in ("x = 1", "1 +", ""):
    try:
        eval(source)
    except SyntaxError:
        print("SyntaxError")
# expect: SyntaxError
# expect: SyntaxError
# expect: SyntaxError
def local():
    x = 1
    return eval("len('abc')"), eval("x", {"x": 2})
print(local(), eval("lambda q: q + 1")(2), eval("'\u00e9'"))  # expect: (3, 2) 3 é
