s = "hello hello"
print(s.find("l"), s.rfind("l"), s.find("z"), s.rfind("z"), s.find(""), s.rfind(""))
# expect: 2 9 -1 -1 0 11
print(s.find("l", 4), s.find("l", 4, 8), s.rfind("l", 0, 5), s.find("l", -2), s.find("h", None, 3), s.find("hello", 1))
# expect: 8 -1 3 9 0 6
print(s.find("hello!", 0), s.find("o", -100, 100), s.find("h", 8, 2))
# expect: -1 4 -1
u = "äöü äöü"
print(u.find("ü"), u.rfind("ö"), u.find("ö", 2), u.rfind("ü", 0, 5), u.find("x"))
# expect: 2 5 5 2 -1
print(s.index("o"), s.rindex("o"))
# expect: 4 10
for f in (s.index, s.rindex):
    try:
        f("z")
    except ValueError as e:
        print(e)
# expect: substring not found
# expect: substring not found
try:
    s.find(1)
except TypeError as e:
    print(e)
# expect: can't convert 'int' object to str implicitly
try:
    s.find(b"a")
except TypeError as e:
    print(e)
# expect: can't convert 'bytes' object to str implicitly
