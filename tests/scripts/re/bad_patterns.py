import re
for pattern in ("?", "*", "+", ")", "(", "[", "([", "([)", r"[a\]", "a\\", "[a\\", "a**", "(?<", "[b-a]", "[^", "a|*"):
    try:
        print(pattern, re.compile(pattern))
    except ValueError as e:
        print(e)
# expect: error in regex
# expect: error in regex
# expect: error in regex
# expect: error in regex
# expect: error in regex
# expect: error in regex
# expect: error in regex
# expect: error in regex
# expect: error in regex
# expect: error in regex
# expect: error in regex
# expect: error in regex
# expect: error in regex
# expect: error in regex
# expect: error in regex
# expect: error in regex
for f in (re.match, re.search):
    try:
        f("(", "a")
    except ValueError as e:
        print(e)
# expect: error in regex
# expect: error in regex
try:
    re.compile(b"\xff").match("a")  # no text matches what is no text
except ValueError as e:
    print(e)
# expect: error in regex
