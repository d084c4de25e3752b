d = {1: 2}
print(d.get(1), d.get(2), d.get(2, "x"))  # expect: 2 None x
print(d.setdefault(1, 9), d.setdefault(2), d.setdefault(3, 4), d)  # expect: 2 None 4 {1: 2, 2: None, 3: 4}
