print(",".join(["a", "b", "c"]), "".join(("a", "b")), ", ".join([]), "-".join(["x"]), ",".join("abc"))
# expect: a,b,c ab  x a,b,c
print("ä".join(["ö", "ü"]), len("ä".join(["ö", "ü"])), ",".join(x for x in ["1", "2"]), ",".join({"k": 1}))
# expect: öäü 3 1,2 k
for bad in ([1], ["a", b"b"], [None]):
    try:
        ",".join(bad)
    except TypeError as e:
        print(e)
# expect: join expects a list of str/bytes objects consistent with self object
# expect: join expects a list of str/bytes objects consistent with self object
# expect: join expects a list of str/bytes objects consistent with self object
try:
    ",".join(5)
except TypeError as e:
    print(e)
# expect: 'int' object isn't iterable
