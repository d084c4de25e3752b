import micropython
s = "some ASCII text"
def work():
    n = 0
    for c in s:
        if c == "e":
            n += 1
    for i in range(len(s)):
        if s[i] == "e":
            n += 1
    return n + ("SCI" in s) + s.find("text")
n = work()
micropython.heap_lock()
n = work()
micropython.heap_unlock()
print(n)
# expect: 16
