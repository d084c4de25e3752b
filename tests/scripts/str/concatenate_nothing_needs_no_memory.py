import micropython
x = "something"
b = b"something"
def work():
    micropython.heap_lock()
    same = x + "" is x and "" + x is x and x.replace("q", "r") is x and x.strip() is x
    same = same and b + b"" is b and b"" + b is b and b.replace(b"q", b"r") is b
    micropython.heap_unlock()
    return same
print(work())
# expect: True
