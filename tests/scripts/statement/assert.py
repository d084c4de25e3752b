def check(x, *text):
    try:
        if text:
            assert x, text[0]
        else:
            assert x
        return "holds"
    except AssertionError as e:
        return e.args
print(check(1), check(0), check([], "text"), check("", 5), check(None, ("a", "b")), __debug__)
# expect: holds () ('text',) (5,) (('a', 'b'),) True
