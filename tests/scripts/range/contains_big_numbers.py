# A number beyond 64 bits is in no range; a loop is not needed to find that out.
long = range(-(2**63), 2**63 - 1, 7)
print(2**64 in long, -(2**70) in long, -(2**63) in long, True in range(2))
# expect: False False True True
