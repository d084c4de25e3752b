print(repr("\n\r\t\\\'\"\0"))  # expect: '\n\r\t\\\'"\x00'
print(len("\a\b\f\n\r\t\v\\\'\"\0\x7f"), "\101\60", r"\x", "\x41\u0042", "line\
continued")
# expect: 12 A0 \x AB linecontinued
print(repr(b"\x00\x7f\x80\xff\n'\""), repr("it's"), repr('say "hi"'), repr("both ' and \""))
# expect: b'\x00\x7f\x80\xff\n\'"' "it's" 'say "hi"' 'both \' and "'
