import json

# no-sweep: the text is long
depth = 5000
value = json.loads("[" * depth + "]" * depth)
levels = 0
while value:
    value = value[0]
    levels += 1
print(levels)
# expect: 4999
try:
    json.loads("[" * depth)
except ValueError as e:
    print(e)
# expect: syntax error in JSON
