import json

for text in ("null", " true", "false\n", "12", "-7", "1.5", "-2E3", "123456789012345678901", '"a"', "[]", "{}"):
    print(repr(json.loads(text)))
# expect: None
# expect: True
# expect: False
# expect: 12
# expect: -7
# expect: 1.5
# expect: -2000.0
# expect: 123456789012345678901
# expect: 'a'
# expect: []
# expect: {}
print(json.loads('[1, [2, {"a": [3]}], {}]'), json.loads(b'{"x": {"y": []}}'), json.loads(bytearray(b"[1]")))
# expect: [1, [2, {'a': [3]}], {}] {'x': {'y': []}} [1]
print(json.loads("-0.0"), json.loads("1e400"), json.loads("0.1"), json.loads('{"a": 1, "a": 2}'))
# expect: -0.0 inf 0.1 {'a': 2}
