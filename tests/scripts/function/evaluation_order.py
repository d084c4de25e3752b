def say(x):
    print("eval", x)
    return x
def f(*args, **kw):
    return args, kw
print(f(say(1), say(2), *say([3]), k=say(4)))
# expect: eval 1
# expect: eval 2
# expect: eval [3]
# expect: eval 4
# expect: ((1, 2, 3), {'k': 4})
d = [say("a"), (say("b"), say("c"))]
# expect: eval a
# expect: eval b
# expect: eval c
print(say(1) + say(2) * say(3))
# expect: eval 1
# expect: eval 2
# expect: eval 3
# expect: 7
print(say(1) < say(2) < say(0) < say(9))
# expect: eval 1
# expect: eval 2
# expect: eval 0
# expect: False
print(say(0) or say("") or say("last") or say("never"))
# expect: eval 0
# expect: eval 
# expect: eval last
# expect: last
print(say(1) if say(0) else say(2))
# expect: eval 0
# expect: eval 2
# expect: 2
