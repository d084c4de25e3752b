n = 10 ** 5000 + 12345
s = str(n)
print(len(s), s[:3], s[-6:], int(s) == n)
m = 3 ** 50000
s = str(m)
print(len(s), s[:10], s[-10:], int(s) == m)
print(len(hex(m)), hex(m)[:10], int(hex(m), 16) == m)
print(int(bin(m), 2) == m, int(oct(m), 8) == m)
print(str(-m)[:5], hex(-n)[:6])
# expect: 5001 100 012345 True
# expect: 23857 1155409630 2761000001 True
# expect: 19815 0x1172d4d0 True
# expect: True True
# expect: -1155 -0x31e
