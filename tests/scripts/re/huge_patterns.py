import re
def attempt(pattern):
    try:
        re.compile(pattern)
        print("ok")
    except ValueError as e:
        print(e)
attempt("(" * 63 + ")" * 63)
attempt("(" * 64 + ")" * 64)
attempt("(a)" * 256)
attempt("(?:" * 2000 + ")" * 2000)
attempt("a" * 4000)
attempt("a" * 16000)
attempt("(?:" * 20000 + ")" * 20000)
attempt("[" + "ab" * 4000 + "]")
# expect: ok
# expect: regex too complex
# expect: regex too complex
# expect: ok
# expect: ok
# expect: regex too complex
# expect: regex too complex
# expect: ok
