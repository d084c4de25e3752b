def find(wanted, items):
    for item in items:
        if item == wanted:
            print("found")
            break
    else:
        print("missing")
find(2, [1, 2, 3])  # expect: found
find(5, [1, 2, 3])  # expect: missing
find(1, [])  # expect: missing
for i in range(3):
    if i == 1:
        continue
    print(i)
else:
    print("else after continue")
# expect: 0
# expect: 2
# expect: else after continue
print(i)  # expect: 2
