s = "hello"
print(s[1:3], s[:2], s[3:], s[-3:-1], s[10:], s[:100], s[3:1], s[:])
# expect: el he lo ll  hello  hello
print(s[:] is s, s[1:1] is "")
# expect: True True
print(s[::1], s[1:4:1])
# expect: hello ell
try:
    s[::2]
except NotImplementedError as e:
    print(e)
# expect: only slices with step=1 (aka None) are supported
