import re
p = re.compile("(a)(b)", re.DEBUG)
print(str(p)[:6], re.DEBUG == 0x1000)
# expect: 2 groups, 1008 bytes
# expect: <re 0x True
