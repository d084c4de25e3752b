from binascii import hexlify, unhexlify

print(hexlify(b"\x00\x7f\xff"), hexlify("abc", ":"), hexlify(bytearray(b"ab"), b"--"), hexlify(b""))
# expect: b'007fff' b'61:62:63' b'61-62' b''
print(unhexlify(b"007fFF"), unhexlify("61 62\n63"), unhexlify(""))  # expect: b'\x00\x7f\xff' b'abc' b''
for text in ("0", "0g", "0 1", 5):
    try:
        print(unhexlify(text))
    except (TypeError, ValueError) as e:
        print(e)
# expect: non-hex digit
# expect: non-hex digit
# expect: non-hex digit
# expect: object with buffer protocol required
