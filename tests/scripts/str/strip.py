print(repr("  a b  ".strip()), repr("  a ".lstrip()), repr("  a ".rstrip()), repr(" \t\n\r\v\f".strip()), repr("".strip()))
# expect: 'a b' 'a ' '  a' '' ''
print("xxaxx".strip("x"), "xyaxy".lstrip("xy"), "xyaxy".rstrip("yx"), "abc".strip(""), "äaä".strip("ä"), "€ä".strip("ä"))
# expect: a axy xya abc a €
s = "plain"
print(s.strip() is s)
# expect: True
try:
    s.strip(1)
except TypeError as e:
    print(e)
# expect: can't convert 'int' object to str implicitly
