import io
import json

value = {"a": [1, 2], "b": {}}
print(json.dumps(value, separators=None), json.dumps(value, separators=(",", ":")), json.dumps(value, separators=[b"; ", " = "]))
# expect: {"a": [1, 2], "b": {}} {"a":[1,2],"b":{}} {"a" = [1; 2]; "b" = {}}
out = io.StringIO()
json.dump(value, out, separators=("", ""))
print(out.getvalue())
# expect: {"a"[12]"b"{}}
for separators in ((",",), (",", 1), ",:", 5):
    try:
        json.dumps(value, separators=separators)
    except (TypeError, ValueError) as e:
        print(e)
# expect: requested length 2 but object has length 1
# expect: can't convert 'int' object to str implicitly
# expect: object 'str' isn't a tuple or list
# expect: object 'int' isn't a tuple or list
