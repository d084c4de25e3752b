print(eval("1 + 2"), eval("x * 2", {"x": 4}), eval("x + y", {"x": 1}, {"y": 5}))
space = {}
exec("a = 1\nb = a + 1", space)
print(space["a"], space["b"])
local = {}
exec("c = 3\ndef f():\n    return 7\nd = f()", {}, local)
print(sorted(k for k in local), local["d"])
x = 10
exec("x += 1")
print(x)
code = compile("x * 3", "file", "eval")
print(eval(code), eval(code, {"x": 2}))
code = compile("y = 5", "file", "exec")
exec(code)
print(y)
for bad in (lambda: eval("1 +"), lambda: exec("if")):
    try:
        bad()
    except SyntaxError:
        print("SyntaxError")
try:
    compile("1", "f", "other")
except ValueError:
    print("ValueError")
try:
    exec("1", 5)
except TypeError:
    print("TypeError")
# expect: 3 8 6
# expect: 1 2
# expect: ['c', 'd', 'f'] 7
# expect: 11
# expect: 33 6
# expect: 5
# expect: SyntaxError
# expect: SyntaxError
# expect: ValueError
# expect: TypeError
