print("b" in "abc", "" in "abc", "abcd" in "abc", "ä" in "xäy", "bc" in "abc", "d" not in "abc")
# expect: True True False True True True
try:
    1 in "abc"
except TypeError as e:
    print(e)
# expect: can't convert 'int' object to str implicitly
try:
    b"a" in "abc"
except TypeError as e:
    print(e)
# expect: can't convert 'bytes' object to str implicitly
