print(OSError(2), OSError(2, "name"), OSError(12345), OSError("text"), OSError(1, 2, 3))
# expect: [Errno 2] ENOENT [Errno 2] ENOENT: name 12345 text (1, 2, 3)
print(OSError(2).errno, OSError().errno)
# expect: 2 None
