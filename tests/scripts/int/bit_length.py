print((0).bit_length(), (1).bit_length(), (-256).bit_length(), (1 << 100).bit_length(), ((1 << 100) - 1).bit_length())
# expect: 0 1 9 101 100
