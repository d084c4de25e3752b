a = [1]
b = a
a += [2]
a *= 2
print(a, b)  # expect: [1, 2, 1, 2] [1, 2, 1, 2]
x = 5
x += 2; x -= 1; x *= 3; x //= 2; x %= 5; x **= 3; x <<= 2; x >>= 1; x |= 8; x &= 12; x ^= 5
print(x)  # expect: 13
t = ([],)
try:
    t[0] += [1]
except TypeError:
    print("TypeError", t)
# expect: TypeError ([1],)
calls = []
def index():
    calls.append(1)
    return 0
l = [10]
l[index()] += 5
print(l, len(calls))  # expect: [15] 1
class A:
    n = 1
o = A()
o.n += 1
print(o.n, A.n)  # expect: 2 1
s = "a"
s += "b"
s *= 2
f = 1
f /= 4
print(s, f)  # expect: abab 0.25
