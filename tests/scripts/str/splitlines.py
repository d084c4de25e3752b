print("a\nb\r\nc\rd".splitlines(), "a\n\nb\n".splitlines(), "".splitlines(), "\n".splitlines())
# expect: ['a', 'b', 'c', 'd'] ['a', '', 'b'] [] ['']
print("a\nb\r\nc".splitlines(True), "a\n".splitlines(keepends=True), "a\n".splitlines(keepends=False))
# expect: ['a\n', 'b\r\n', 'c'] ['a\n'] ['a']
