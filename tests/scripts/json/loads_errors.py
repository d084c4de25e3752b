import json

for text in ("", " ", "nul", "nulL", "truE", "falsch", "]", "}", "[", "[1", '{"a": 1', "1 2", "[] x", "[1]]", "'a'", "{[1]: 2}", "{{}: 2}", "\x0b1", "+1", "\ufeff1"):
    try:
        print(json.loads(text))
    except ValueError as e:
        if str(e) != "syntax error in JSON":
            print(text, e)
for text in ("-", "1-2", "1.2.3", "1e"):
    try:
        print(json.loads(text))
    except ValueError as e:
        print(str(e)[:28])
# expect: invalid syntax for integer w
# expect: invalid syntax for integer w
# expect: invalid syntax for number
# expect: invalid syntax for number
for value in (1, None, [1]):
    try:
        json.loads(value)
    except TypeError as e:
        print(e)
# expect: object with buffer protocol required
# expect: object with buffer protocol required
# expect: object with buffer protocol required
