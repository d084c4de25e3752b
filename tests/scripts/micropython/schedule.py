import micropython
def callback(x):
    print("callback", x)
def poll():
    for i in range(2):
        pass
micropython.schedule(callback, 1)
micropython.schedule(callback, [2])
poll()
poll()
print("after")
def nested(x):
    micropython.schedule(callback, x + 1)
    for i in range(3):
        pass
    print("outer first")
micropython.schedule(nested, 10)
poll()
poll()
# expect: callback 1
# expect: callback [2]
# expect: after
# expect: outer first
# expect: callback 11
