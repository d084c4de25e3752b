def with_arguments(a, b):
    return a
def outer():
    x = 1
    def closure():
        return x
    return closure
for f in (with_arguments, outer()):
    try:
        exec(f.__code__)
    except TypeError as e:
        print(e)
# expect: with_arguments() takes 2 positional arguments but 0 were given
# expect: code that captures variables can't be used alone
def plain():
    return y
print(eval(plain.__code__, {"y": 5}), type(plain)(plain.__code__, {"y": 6})())
# expect: 5 6
