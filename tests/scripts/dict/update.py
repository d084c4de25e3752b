d = {1: 1}
d.update({1: 2, 3: 4})
d.update([(5, 6)], x=7)
d.update(y=8)
d.update(d)
print(d)  # expect: {1: 2, 3: 4, 5: 6, 'x': 7, 'y': 8}
print(d.update())  # expect: None
