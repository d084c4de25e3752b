s = "abc"
try:
    s[0] = "x"
except TypeError as e:
    print(e)
# expect: 'str' object doesn't support item assignment
try:
    del s[0]
except TypeError as e:
    print(e)
# expect: 'str' object doesn't support item deletion
