s = "abc"
print(s[0], s[2], s[-1], s[-3])
# expect: a c c a
for i in (3, -4, 10**9):
    try:
        s[i]
    except IndexError as e:
        print(e)
# expect: string index out of range
# expect: string index out of range
# expect: string index out of range
try:
    s["a"]
except TypeError as e:
    print(e)
# expect: string indices must be integers, not str
