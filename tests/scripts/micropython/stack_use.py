# A deeper call uses more stack, whether natives call back or Python calls itself; what is in use stays below the limit
# that recursion meets.
import micropython


def deeper(levels):
    if levels == 0:
        return micropython.stack_use()
    return max(map(deeper, [levels - 1]))


shallow, deep, deepest, again = [deeper(levels) for levels in (1, 2, 4, 2)]
print(0 < shallow < deep < deepest, again == deep)  # expect: True True
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


def python_only(levels):
    if levels == 0:
        return micropython.stack_use()
    return python_only(levels - 1)


a, b, c, d, again = [python_only(levels) for levels in (0, 1, 2, 100, 0)]
print(a < b < c, b - a == c - b, d - a == 100 * (b - a), again == a)  # expect: True True True True
