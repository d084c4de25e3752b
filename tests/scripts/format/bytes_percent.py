print(b"%d %s %c %x" % (5, b"bytes", 65, 255), b"%%" % ())  # expect: b'5 bytes A ff' b'%'
