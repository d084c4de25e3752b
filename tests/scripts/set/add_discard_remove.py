s = {1}
s.add(2)
s.add(1)
s.discard(9)
s.discard(1)
print(s)  # expect: {2}
s.remove(2)
try:
    s.remove(2)
except KeyError as e:
    print(e.args)  # expect: (2,)
