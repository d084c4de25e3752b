import json

# Commas and colons are blanks, and brackets end whatever is open.
print(json.loads("[1,,2:3 4,]"), json.loads("[}"), json.loads("{]"), json.loads('{"a" 1 "b",2}'))
# expect: [1, 2, 3, 4] [] {} {'a': 1, 'b': 2}
print(json.loads("{1: 2, null: 3, 4.5: [6]}"), json.loads('{"a"}'))
# expect: {1: 2, None: 3, 4.5: [6]} {}
print(json.loads("1\0 what follows a null byte"))
# expect: 1
