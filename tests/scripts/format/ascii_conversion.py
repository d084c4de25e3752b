# !a is repr in ASCII.
print(f"{'é'!a} {['€', 'a']!a:>14}|{3!a} {'😀\n'!a}", "{!a} {!a:8}|".format("é", b"\xe9"))
# expect: '\xe9' ['\u20ac', 'a']|3 '\U0001f600\n' '\xe9' b'\xe9' |
for source in "f\"{'a'!x}\"", "f\"{'a'!rr}\"", "f\"{'a'!}\"", "f\"{'a'!r r}\"":
    try:
        print(eval(source))
    except SyntaxError as e:
        print(e)
# expect: malformed f-string
# expect: malformed f-string
# expect: invalid syntax
# expect: invalid syntax
try:
    "{!x}".format(1)
except ValueError as e:
    print(e)
# expect: unknown conversion specifier x
