def echo():
    got = yield "first"
    while got != "stop":
        got = yield "got " + str(got)
    return "done"
g = echo()
print(next(g), g.send(1), g.send("x"), next(g))  # expect: first got 1 got x got None
try:
    g.send("stop")
except StopIteration as e:
    print(e.value)
# expect: done
