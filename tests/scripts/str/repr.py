print(repr("a"), repr("it's"), repr('say "x"'), repr('both \' and "'), repr("back\\slash"))
# expect: 'a' "it's" 'say "x"' 'both \' and "' 'back\\slash'
print(repr("\n\r\t\0\x01\x1f\x7f"), repr("äö€𝄞"), repr("\ud800"))
# expect: '\n\r\t\x00\x01\x1f\x7f' 'äö€𝄞' '\ud800'
print(str("it's"), "%r" % "x", [""])
# expect: it's 'x' ['']
