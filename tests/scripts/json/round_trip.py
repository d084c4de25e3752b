import json

value = {"list": [1, -2.5, 1e-300, 1 << 80, None, True], "text": "\"\\\n\0é€\U0001f600", "": {"nested": [[], {}, [[]]]}}
text = json.dumps(value)
print(json.loads(text) == value, json.dumps(json.loads(text)) == text)
# expect: True True
