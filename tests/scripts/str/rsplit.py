print("a,b,c,d".rsplit(",", 2), "a,b".rsplit(",", 0), "a,b".rsplit(",", 5), "a b c".rsplit(), "a,b,c".rsplit(",", -1))
# expect: ['a,b', 'c', 'd'] ['a,b'] ['a', 'b'] ['a', 'b', 'c'] ['a', 'b', 'c']
print("aXXbXXc".rsplit("XX", 1), "abc".rsplit("x", 1), ",a".rsplit(",", 1))
# expect: ['aXXb', 'c'] ['abc'] ['', 'a']
try:
    "a b c".rsplit(None, 1)
except NotImplementedError as e:
    print(e)
# expect: rsplit(None,n)
try:
    "a".rsplit("", 1)
except ValueError as e:
    print(e)
# expect: empty separator
