# 200 parentheses are fine, and so are 199 blocks around another statement; what is deeper is refused.
print(eval("(" * 200 + "1" + ")" * 200), eval("[" * 199 + "1" + "]" * 199 + "[0]" * 199))
# expect: 1 1
def blocks(count):
    exec("".join(" " * i + "if True:\n" for i in range(count)) + " " * count + "print('inside')")
blocks(199)
# expect: inside
for source in "(" * 300 + "1" + ")" * 300, "-" * 100000 + "1", "x" + ".y" * 1000, "lambda: " * 300 + "1", "1 if x else " * 300 + "1":
    try:
        eval(source)
    except SyntaxError as e:
        print(e)
# expect: nested too deep: more than 201 levels
# expect: nested too deep: more than 201 levels
# expect: nested too deep: more than 500 levels
# expect: nested too deep: more than 201 levels
# expect: nested too deep: more than 201 levels
try:
    blocks(300)
except SyntaxError as e:
    print(e)
# expect: nested too deep: more than 201 levels
