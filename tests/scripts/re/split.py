import re
p = re.compile("[,;]+")
print(p.split("a,b;;c"), p.split("a,b;;c", 1), p.split(",a,"), p.split(""), p.split(b"a,b"), p.split("a,b", -1))
# expect: ['a', 'b', 'c'] ['a', 'b;;c'] ['', 'a', ''] [''] [b'a', b'b'] ['a', 'b']
print(re.compile("^ab").split("ababc"))
# expect: ['', 'abc']
try:
    re.compile("( )").split("a b")
except NotImplementedError as e:
    print(e)
# expect: splitting with sub-captures
print(re.compile("( )").split("ab"))
# expect: ['ab']
