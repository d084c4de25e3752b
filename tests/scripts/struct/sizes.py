import struct
for f in ("b", "h", "i", "l", "q", "f", "d", "<l", ">q", "bi", "<bi", "bq", "3h", "2xh", "5s", "<e", "0s", "", "b3xb", "@P"):
    print(f, struct.calcsize(f))
# expect: b 1
# expect: h 2
# expect: i 4
# expect: l 8
# expect: q 8
# expect: f 4
# expect: d 8
# expect: <l 4
# expect: >q 8
# expect: bi 8
# expect: <bi 5
# expect: bq 16
# expect: 3h 6
# expect: 2xh 4
# expect: 5s 5
# expect: <e 2
# expect: 0s 0
# expect:  0
# expect: b3xb 5
# expect: @P 8
for f in ("z", "<z", "5", "99999999999999999999b", "3Z"):
    try:
        struct.calcsize(f)
    except ValueError as e:
        print(e)
# expect: bad typecode
# expect: bad typecode
# expect: bad typecode
# expect: format stands for too many bytes
# expect: bad typecode
