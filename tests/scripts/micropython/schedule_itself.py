# A callback that schedules itself for ever does not keep the script from going on.
import micropython

count = 0


def again(x):
    global count
    count += 1
    micropython.schedule(again, x)


micropython.schedule(again, None)
for i in range(100):
    pass
print(count > 10)  # expect: True
