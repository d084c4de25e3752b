print(b"%s %d" % (b"a", 5), b"%r" % b"a", b"%c" % 65, b"%s" % 1, b"%5s|" % b"ab", b"100%%" % ())
# expect: b'a 5' b"b'a'" b'A' b'1' b'   ab|' b'100%'
