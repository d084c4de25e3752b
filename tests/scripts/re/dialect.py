import re
def all_of(pattern, text):
    m = re.match(pattern, text)
    return m is not None and m.group(0) == text
# Braces and escaped characters stand for themselves, and a dot for any character.
print(all_of("a{2}", "a{2}"), all_of(r"\q\.\*", "q.*"), all_of("a.b", "a\nb"), all_of(r"\C\g", "Cg"))
# expect: True True True True
# White space is what str.isspace says of ASCII.
print(all_of(r"\s+", " \t\n\r\x0b\x0c"), all_of(r"[^\S]+", "\x0b "), all_of(r"\S+", "\x0b"), all_of(r"[\S]+", "é"))
# expect: True True False True
print(all_of(r"\w+\W\d+\D", "aZ_9-42x"), all_of(r"[\w\-.]+", "a-b.c"), all_of("[a\\]b]+", "]ab"), all_of("[+-]+", "-+"))
# expect: True True True True
print(re.match("[]", "a"), all_of("[^]+", "a\n"), all_of("[[:alpha:]+", "[:alph"), all_of("[а-я]+", "привет"))
# expect: None True True True
print(re.search("^b", "a\nb"), re.search("a$", "a\n"), re.match("a??b*?", "ab").span(), re.match("(?:ab)+", "ababa").span())
# expect: None None (0, 0) (0, 4)
# What MicroPython has no meaning for means what RE2 says.
print(all_of("(?i)abc", "ABC"), re.match("(?P<x>a)(b)", "ab").groups(), re.match("(a*)*", "aaa").group(0))
# expect: True ('a', 'b') aaa
