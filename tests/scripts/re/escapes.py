import re
# Assertions: the ends of the text, and of words.
print(re.search(r"\Ab", "ab"), re.search(r"\Aa", "ab").span(), re.search(r"b\Z", "ab").span(), re.search(r"a\Z", "ab"))
# expect: None (0, 1) (1, 2) None
print(re.search(r"a\Z", "a\n"), re.search(r"\Z", "").span(), re.search(rb"b\Z", b"ab").span())
# expect: None (0, 0) (1, 2)
print(re.sub(r"\bcat\b", "dog", "cat concat cat."), re.search(r"\Bcat", "concat").start(), re.search(r"\Bcat", "cat"))
# expect: dog concat dog. 3 None
# Characters by name and number, in sets too.
print(re.match(r"\t\n\r\f\v\a", "\t\n\r\f\v\a").end(), re.match(r"[\n\t]+", "\t\nnt").end(), re.match(r"[\b]", "\b").end())
# expect: 6 2 1
print(re.match(r"\x41[\x42-\x44]+", "ABCDE").group(0), re.match(r"\xe9", "é").end(), re.match(rb"\xe9", b"\xe9").end())
# expect: ABCD 1 1
# All others stand for themselves, and so do assertions in sets.
print(re.match(r"\xg\q\Q\E", "xgqQE").end(), re.match(r"[\Z\A]+", "AZ").end())
# expect: 5 2
