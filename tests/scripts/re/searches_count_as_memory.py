# While a search lasts, the states that it may need count as memory of the instance.
import gc, re

simple = re.compile("(a*)b")
heavy = re.compile("(a*b?)" * 63 + "c")
text = "ab" * 60
print(heavy.match(text + "c").group(63) is not None)  # expect: True

def fill():
    kept = []
    for size in (65536, 8192):
        try:
            while True:
                kept.append(bytearray(size))
        except MemoryError:
            pass
    del kept[:2]
    return kept

def attempt(pattern):
    try:
        print(pattern.match(text + "c") is not None)
    except MemoryError:
        print("MemoryError")

kept = fill()
attempt(simple)  # expect: True
attempt(heavy)  # expect: MemoryError
del kept[:]
# What a search counted is given back when it ends.
gc.collect()
free = gc.mem_free()
for i in range(100):
    simple.match(text)
    heavy.match(text + "c")
gc.collect()
print(gc.mem_free() > free - 2000)  # expect: True
