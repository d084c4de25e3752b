from binascii import a2b_base64, b2a_base64

for data in (b"", b"f", b"fo", b"foo", b"foob", b"fooba", b"foobar", b"\xff\xfe\xfd"):
    print(b2a_base64(data) if a2b_base64(b2a_base64(data)) == data else "wrong", end=" ")
print(b2a_base64("text"))
# expect: b'\n' b'Zg==\n' b'Zm8=\n' b'Zm9v\n' b'Zm9vYg==\n' b'Zm9vYmE=\n' b'Zm9vYmFy\n' b'//79\n' b'dGV4dA==\n'
print(b2a_base64(b"f", newline=False), b2a_base64(b"f", 0), b2a_base64(b"f", newline=[1]))
# expect: b'Zg==' b'Zg==' b'Zg==\n'
# Other characters are passed over; what follows complete padding is not read.
print(a2b_base64("Z m\n9*v"), a2b_base64("Zg==Zg=="), a2b_base64("Zm8=!"), a2b_base64("=Zm9v"), a2b_base64("Zg=!="))
# expect: b'foo' b'f' b'fo' b'foo' b'f'
for text in ("Z", "Zg", "Zg=", "Zm8", "Z=g=", "Zg=Z="):
    try:
        print(a2b_base64(text))
    except ValueError as e:
        print(e)
# expect: incorrect padding
# expect: incorrect padding
# expect: incorrect padding
# expect: incorrect padding
# expect: incorrect padding
# expect: b'f\x06'
long = bytes(range(256)) * 40
print(a2b_base64(b2a_base64(long)) == long, len(b2a_base64(long)))  # expect: True 13657
for call in (lambda: b2a_base64(), lambda: b2a_base64(b"", data=1), lambda: b2a_base64(1), lambda: a2b_base64(None)):
    try:
        call()
    except TypeError as e:
        print(e)
# expect: function missing 1 required positional arguments
# expect: extra keyword arguments given
# expect: object with buffer protocol required
# expect: object with buffer protocol required
