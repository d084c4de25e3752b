import hashlib


def attempt(call):
    try:
        print(call())
    except (TypeError, ValueError) as e:
        print(e)


h = hashlib.sha256(b"123")
print(len(h.digest()))  # expect: 32
attempt(lambda: h.digest())  # expect: hash is final
attempt(lambda: h.update(b""))  # expect: hash is final
attempt(lambda: hashlib.md5(1))  # expect: object with buffer protocol required
attempt(lambda: hashlib.sha1().update(None))  # expect: object with buffer protocol required
attempt(lambda: hashlib.sha1(b"", b""))  # expect: function expected at most 1 arguments, got 2
print(hashlib.md5, hashlib.md5())  # expect: <class 'md5'> <md5>
