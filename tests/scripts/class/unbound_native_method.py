print(list.append([], 1), str.upper("a"), sorted(map(str.upper, ["b", "a"])))
try:
    list.append(1, 2)
except TypeError:
    print("TypeError")
# expect: None A ['A', 'B']
# expect: TypeError
