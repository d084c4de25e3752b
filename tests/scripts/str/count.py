print("banana".count("a"), "banana".count("an"), "banana".count("ana"), "banana".count("x"), "banana".count(""))
# expect: 3 2 1 0 7
print("banana".count("a", 2), "banana".count("a", 2, 4), "äää".count("ä"), "äää".count(""), "".count(""))
# expect: 2 1 3 4 1
