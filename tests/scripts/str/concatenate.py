print("ab" + "cd", "" + "x", "x" + "", "ä" + "b")
# expect: abcd x x äb
print(len("ä" + "b"), ("ä" + "b")[1])
# expect: 2 b
s = "ab"
s += "cd"
print(s)
# expect: abcd
for other in (1, b"b", None, [1]):
    try:
        "a" + other
    except TypeError as e:
        print(e)
# expect: unsupported types for __add__: 'str', 'int'
# expect: unsupported types for __add__: 'str', 'bytes'
# expect: unsupported types for __add__: 'str', 'NoneType'
# expect: unsupported types for __add__: 'str', 'list'
