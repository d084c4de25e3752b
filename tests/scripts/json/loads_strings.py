import json

print(repr(json.loads(r'"\b\f\n\r\t\"\\\/\q"')))
# expect: '\x08\x0c\n\r\t"\\/q'
print(json.loads(r'"\u0041\u00e9\u20AC"'), json.loads('"é€"'), json.loads('"é"'.encode()))
# expect: Aé€ é€ é
# Two escapes of surrogates are one character; one alone stays.
print([ord(c) for c in json.loads(r'"\ud83d\ude00"')], [ord(c) for c in json.loads(r'"\ud83dx\ude00\ud83d\ud83d\ude00\ud83d"')])
# expect: [128512] [55357, 120, 56832, 55357, 128512, 55357]
for text in (r'"\u12"', r'"\u00g0"', r'"\u', '"\\', '"a'):
    try:
        json.loads(text)
    except ValueError as e:
        print(e)
# expect: syntax error in JSON
# expect: syntax error in JSON
# expect: syntax error in JSON
# expect: syntax error in JSON
# expect: syntax error in JSON
try:
    json.loads(b'"\xff"')
except UnicodeError:
    print("no text")
# expect: no text
