import re
def fail(match):
    raise KeyError(match.group(0))
for pattern in ("b", re.compile("b")):
    try:
        re.sub(pattern, fail, "abc")
    except KeyError as e:
        print(e)
# expect: b
# expect: b
for replacement in (lambda m: None, 5, None):
    try:
        re.sub("a", replacement, "a")
    except TypeError as e:
        print(e)
# expect: can't convert 'NoneType' object to str implicitly
# expect: 'int' object isn't callable
# expect: 'NoneType' object isn't callable
try:
    re.sub("a", b"\xff", "a")
except UnicodeError:
    print("no text")
# expect: no text
