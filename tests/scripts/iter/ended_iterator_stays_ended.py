l = [1]
it = iter(l)
print(list(it))  # expect: [1]
l.append(2)
print(list(it))  # expect: []
