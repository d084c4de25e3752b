from array import array
print(array("b", [1, 2]) == array("b", [1, 2]), array("b", [1]) == array("B", [1]), array("i", [1]) == array("i", [2]), array("i", [1]) == [1])
# expect: True True False False
print(array("H", [1, 256]) < array("H", [1, 2]), array("i", [-1]) < array("i", [0]), array("B", [1]) < array("B", [1, 0]))
# expect: False True True
for pair in (("b", "h"), ("f", "f"), ("d", "i"), ("O", "i")):
    try:
        print(array(pair[0]) == array(pair[1]))
    except NotImplementedError:
        print("NotImplementedError")
# expect: NotImplementedError
# expect: NotImplementedError
# expect: NotImplementedError
# expect: NotImplementedError
