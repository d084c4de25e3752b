# Called in any other way, const is a function that answers its argument.
import micropython
from micropython import const

items = [1]
print(const(items) is items, micropython.const("x"), (lambda c: c({}))(const))  # expect: True x {}
X = micropython.const([2])
Y = Z = const(3)
V, W = const(4), const([5])
print(X, Y, Z, V, W)  # expect: [2] 3 3 4 [5]
X = Y = Z = 6
print(X, Y, Z)  # expect: 6 6 6
