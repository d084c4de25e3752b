print(bin(5), bin(-5), bin(0), hex(255), hex(-16), oct(8), oct(-9), hex(2 ** 70), bin(True))
for f in (bin, hex, oct):
    try:
        f("1")
    except TypeError:
        print("TypeError")
# expect: 0b101 -0b101 0b0 0xff -0x10 0o10 -0o11 0x400000000000000000 0b1
# expect: TypeError
# expect: TypeError
# expect: TypeError
