import re
print(re.match(b"(.)(.)", b"\xff\x00z").groups(), re.match(".é", b"\xff\xc3\xa9").group(0), re.match(b"(.)b", "€b").group(1))
# expect: (b'\xff', b'\x00') b'\xff\xc3\xa9' €
print(re.match("\0[\0x]+", "\0x\0y").span(), re.sub(b"\\s", b"_", b"a b\x0bc"), re.match(b"[\x80-\xff]+", b"\x90\xf0a").group())
# expect: (0, 3) b'a_b_c' b'\x90\xf0'
class Text(str):
    pass
print(re.match(Text("a"), Text("ab")).group(), re.sub("a", Text("b"), Text("aa")))
# expect: a bb
p = re.compile(".")
print(p.match("é").group(), p.match("é".encode()).group())
# expect: é b'\xc3'
for arguments in ((1, "a"), ("a", 1), ("a", bytearray(b"a")), (None, "a")):
    try:
        re.search(*arguments)
    except TypeError as e:
        print(e)
# expect: can't convert 'int' object to str implicitly
# expect: can't convert 'int' object to str implicitly
# expect: can't convert 'bytearray' object to str implicitly
# expect: can't convert 'NoneType' object to str implicitly
