import re
def fill():
    kept = []
    try:
        while True:
            kept.append(re.compile("a" * 1000))
    except MemoryError:
        count = len(kept)
        while kept:
            kept.pop()
        return count
count = fill()
print(5 < count < 1000)
# expect: True
# Patterns that nobody refers to make room for others.
for i in range(3 * count):
    re.compile("b" * 1000)
print(re.match("a", "a").group())
# expect: a
