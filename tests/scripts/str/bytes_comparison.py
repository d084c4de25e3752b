print("a" == b"a", b"a" == "a", "a" != b"a", b"a" != "a")
# expect: False False True True
d = {"a": 1}
print(b"a" in d)
# expect: False
# expect-error: Warning: Comparison between bytes and str
