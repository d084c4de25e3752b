import json

loop = []
loop.append(loop)
try:
    json.dumps(loop)
except RuntimeError as e:
    print(e)
# expect: maximum recursion depth exceeded
try:
    json.dumps(b"\xff")
except UnicodeError:
    print("no text")
# expect: no text
for call in (lambda: json.dumps(), lambda: json.dumps(1, 2), lambda: json.dumps(1, indent=2), lambda: json.dump(1), lambda: json.dump(1, 2)):
    try:
        call()
    except (TypeError, OSError) as e:
        print(type(e).__name__, e)
# expect: TypeError function missing 1 required positional arguments
# expect: TypeError extra positional arguments given
# expect: TypeError extra keyword arguments given
# expect: TypeError function missing 1 required positional arguments
# expect: OSError stream operation not supported
