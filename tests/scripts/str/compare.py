print("a" < "b", "a" < "ab", "b" < "ab", "a" <= "a", "b" > "a", "a" >= "b", "" < "a")
# expect: True True False True True False True
print("a" == "a", "a" != "b", "ä" == "ä", "ä" > "z", "€" < "𝄞")
# expect: True True True True True
print("ab" == "a" + "b", "x" * 3 == "xxx")
# expect: True True
print("a" == 1, "a" != 1, "a" == None)
# expect: False True False
try:
    "a" < 1
except TypeError as e:
    print(e)
# expect: unsupported types for __lt__: 'str', 'int'
