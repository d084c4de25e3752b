print(97 in b"abc", b"bc" in b"abc", 256 in b"abc", -1 in b"abc", b"" in b"", bytearray(b"a") in b"abc", 1.5 in b"abc", 97.0 in b"abc", None in b"a")
# expect: True True False False True True False True False
