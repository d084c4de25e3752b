print([1, 2] < [1, 3], [1] < [1, 0], [2] > [1, 9], [] <= [], [1] >= [1, 0])  # expect: True True True True False
print([1, 2] == [1, 2.0], [1] != [1], [1] == (1,), [] == None)  # expect: True False False False
try:
    [1] < (1,)
except TypeError:
    print("TypeError")  # expect: TypeError
try:
    [1] < ["a"]
except TypeError:
    print("TypeError")  # expect: TypeError
