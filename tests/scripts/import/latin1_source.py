import os
scratch = os.getenv("SCRATCH", "/scratch")
def write(name, content):
    with open(scratch + "/" + name + ".py", "wb") as f:
        f.write(content)
import sys
sys.path.append(scratch)
# A comment in the first two lines may say that a file is Latin-1.
write("coded", b"# -*- coding: latin-1 -*-\ntext = '\xe9\xff'\nr\xe9sum\xe9 = 1  # \xe9\ndata = b'\\xe9'\n")
import coded
print([hex(ord(c)) for c in coded.text], coded.résumé, coded.data)
# expect: ['0xe9', '0xff'] 1 b'\xe9'
write("second", b"#!/usr/bin/env upy\n# vim: set fileencoding=ISO_8859-1 :\ntext = '\xe9'\n")
import second
print(hex(ord(second.text)))
# expect: 0xe9
namespace = {}
exec(b"# coding=latin1\ntext = '\xe9'", namespace)
print(namespace["text"] == "é")
# expect: True
# Text is text, whatever it says it was; a file that is UTF-8 needs no comment.
exec("# coding: latin-1\ntext = 'é'", namespace)
write("utf8", "text = 'é'".encode())
import utf8
print(namespace["text"], utf8.text)
# expect: é é
write("uncoded", b"text = '\xe9'\n")
write("late", b"\n\n# coding: latin-1\ntext = '\xe9'\n")
write("other", b"# coding: cp1252\ntext = '\x80'\n")
for name in "uncoded", "late", "other":
    try:
        __import__(name)
    except UnicodeError as e:
        print(e)
# expect: source is not UTF-8, and no comment in its first two lines says coding: latin-1
# expect: source is not UTF-8, and no comment in its first two lines says coding: latin-1
# expect: source is not UTF-8, and no comment in its first two lines says coding: latin-1
