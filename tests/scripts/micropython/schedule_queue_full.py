import micropython
ran = []
def fill(x):
    count = 0
    try:
        while True:
            micropython.schedule(ran.append, count)
            count += 1
    except RuntimeError as e:
        print(e, count > 0)
micropython.schedule(fill, None)
for i in range(100):
    pass
print(ran == list(range(len(ran))), len(ran) > 0)
# expect: schedule queue full True
# expect: True True
