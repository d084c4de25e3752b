import re
p = re.compile("o")
print(p.match("dog"), p.match("dog", 1).span(), p.match("dog", 1, 1), p.search("dog", -9).span(), p.search("dog", 2), p.match("dog", 9))
# expect: None (1, 2) None (1, 2) None None
print(re.compile("^o").match("dog", 1), re.compile("o$").search("dog", 0, 2).span(), re.compile("é.").search("aéèé", 2))
# expect: None (1, 2) None
print(re.compile("é.").search("aéèéb", 2, 5).span(), re.compile("").match("abc", 2, 1).span())
# expect: (3, 5) (2, 2)
