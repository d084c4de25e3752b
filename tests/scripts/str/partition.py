print("a=b=c".partition("="), "a=b=c".rpartition("="), "abc".partition("="), "abc".rpartition("="))
# expect: ('a', '=', 'b=c') ('a=b', '=', 'c') ('abc', '', '') ('', '', 'abc')
print("=a".partition("="), "a=".rpartition("="), "aäb".partition("ä"))
# expect: ('', '=', 'a') ('a', '=', '') ('a', 'ä', 'b')
try:
    "a".partition("")
except ValueError as e:
    print(e)
# expect: empty separator
