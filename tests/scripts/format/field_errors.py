cases = ["{", "}", "{0", "{!}", "{!x}", "{!r", "{!r }", "{0.a}", "{a.b}", "{0}{}", "{}{0}", "{5}", "{}{}", "{name}"]
for text in cases:
    try:
        print(text.format(1, a=2))
    except (ValueError, IndexError, KeyError, NotImplementedError) as e:
        print(text, type(e).__name__, e)
# expect: { ValueError unmatched '{' in format
# expect: } ValueError single '}' encountered in format string
# expect: {0 ValueError unmatched '{' in format
# expect: {!} ValueError unknown conversion specifier }
# expect: {!x} ValueError unknown conversion specifier x
# expect: {!r ValueError unmatched '{' in format
# expect: {!r } ValueError expected ':' after format specifier
# expect: {0.a} NotImplementedError attributes not supported
# expect: {a.b} NotImplementedError attributes not supported
# expect: {0}{} ValueError can't switch from manual field specification to automatic field numbering
# expect: {}{0} ValueError can't switch from automatic field numbering to manual field specification
# expect: {5} IndexError tuple index out of range
# expect: {}{} IndexError tuple index out of range
# expect: {name} KeyError name
