# What any scope of a text declares global is global in all of it, also where the text has a namespace of its own.
def run(source):
    outer, inner = {"x": "global"}, {"x": "local"}
    exec(source, outer, inner)
    return sorted((name, outer[name]) for name in outer if isinstance(outer[name], str)), inner.get("x")
print(run("print(x)\nx = 'set'"))
# expect: local
# expect: ([('x', 'global')], 'set')
print(run("print(x)\nx = 'set'\ndef f():\n global x\n x += '!'\nf()\nprint(x)"))
# expect: global
# expect: set!
# expect: ([('x', 'set!')], 'local')
print(run("class C:\n def f(self):\n  global x, y\n  x = y = 'f'\nC().f()\nprint(x)\ny += 'g'"))
# expect: f
# expect: ([('x', 'f'), ('y', 'fg')], 'local')
print(run("class C:\n global x\n x = 'body'\ndel x\nx = 'again'"))
# expect: ([('x', 'again')], 'local')
print(run("def f():\n global x\nfor x in 'ab': pass"))
# expect: ([('x', 'b')], 'local')

# Comprehensions see names as functions do: not those of the namespace. Their first iterable is evaluated outside.
print(run("print([x for _ in range(1)], {x for x in [x]}, [i for i in x])\nprint(list(x for _ in range(1)))"))
# expect: ['global'] {'local'} ['l', 'o', 'c', 'a', 'l']
# expect: ['global']
# expect: ([('x', 'global')], 'local')
print(eval("[x for i in range(2)]", {"x": 1}, {"x": 2}), eval("x", {"x": 1}, {"x": 2}))
# expect: [1, 1] 2
print(run("print([x := 'walrus' for _ in range(1)])\nprint(x)"))
# expect: ['walrus']
# expect: walrus
# expect: ([('x', 'walrus')], 'local')
class Body:
    x = "class"
    try:
        seen = [x for _ in range(1)]
    except NameError:
        seen = "NameError"
print(Body.seen)
# expect: NameError
