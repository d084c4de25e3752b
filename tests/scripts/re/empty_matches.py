import re
# sub and split stop at an empty match.
print(re.sub("x*", "-", "axb"), re.sub("x*", "-", "xxb"), re.compile("x*").split("axb"), re.compile("x*").split("xab"))
# expect: axb -b ['axb'] ['', 'ab']
print(re.compile("").split("ab"), re.sub("", "-", ""), re.match("", "").span(), re.search("$", "é").span(), re.match("", b"").group())
# expect: ['ab']  (0, 0) (1, 1) b''
