def before():
    print(x)
    x = 1
def deleted():
    y = 1
    del y
    return y
def captured():
    def inner():
        return z
    try:
        inner()
    except NameError:
        print("free")
    z = 5
    return inner()
for f in (before, deleted):
    try:
        f()
    except NameError:
        print("local")
# expect: local
# expect: local
print(captured())
# expect: free
# expect: 5
try:
    undefined
except NameError:
    print("global")
# expect: global
