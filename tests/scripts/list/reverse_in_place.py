for n in range(4):
    l = list(range(n))
    print(l.reverse(), l)
# expect: None []
# expect: None [0]
# expect: None [1, 0]
# expect: None [2, 1, 0]
