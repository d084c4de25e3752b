print("{:d} {:x} {:X} {:o} {:b} {:n} {:c}".format(10, 255, 255, 8, 5, 7, 65))
# expect: 10 ff FF 10 101 7 A
print("{:#x} {:#X} {:#o} {:#b} {:#010x} {:+d} {: d} {:-d}".format(255, 255, 8, 5, 255, 3, 3, 3))
# expect: 0xff 0XFF 0o10 0b101 0x000000ff +3  3 3
print("{:,} {:_} {:_x} {:,d} {:12,}|".format(1234567, 1234567, 0xabcdef, -1000, 12345678))
# expect: 1,234,567 1_234_567 ab_cdef -1,000   12,345,678|
print("{:d} {:d} {}".format(True, False, True), "{:x}".format(2**70), "{:,}".format(10**20), "{:5}|".format(True))
# expect: 1 0 True 400000000000000000 100,000,000,000,000,000,000     1|
print("{:c}|{:3c}|{:<3c}|".format(0x20ac, 66, 66))
# expect: €|  B|B  |
try:
    "{:c}".format(0x110000)
except OverflowError as e:
    print(e)
# expect: char not in range(0x110000)
