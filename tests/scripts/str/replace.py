print("banana".replace("a", "o"), "banana".replace("na", ""), "banana".replace("x", "y"), "aaa".replace("aa", "b"))
# expect: bonono ba banana ba
print("banana".replace("a", "o", 2), "banana".replace("a", "o", 0), "banana".replace("a", "o", -1))
# expect: bonona banana bonono
print("abc".replace("", "-"), "abc".replace("", "-", 2), "äö".replace("", "-"), "".replace("", "x"), "".replace("a", "x"))
# expect: -a-b-c- -a-bc -ä-ö- x 
print("äöä".replace("ä", "ae"), "a-b".replace("-", "–"))
# expect: aeöae a–b
s = "nothing"
print(s.replace("x", "y") is s)
# expect: True
try:
    "a".replace(1, 2)
except TypeError as e:
    print(e)
# expect: can't convert 'int' object to str implicitly
