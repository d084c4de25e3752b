# A deeper call uses more native stack where natives call back; what is in use stays below the limit that recursion meets.
import micropython


def deeper(levels):
    if levels == 0:
        return micropython.stack_use()
    return max(map(deeper, [levels - 1]))


shallow, deep, deepest = deeper(1), deeper(2), deeper(4)
print(0 < shallow < deep < deepest, deeper(2) == deep)  # expect: True True
most = 0


def endless():
    global most
    most = max(most, micropython.stack_use())
    list(map(lambda x: endless(), [1]))


try:
    endless()
except RuntimeError as e:
    print(e)  # expect: maximum recursion depth exceeded
print(deepest < most < 1 << 22)  # expect: True
