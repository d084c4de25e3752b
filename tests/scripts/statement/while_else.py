n = 3
while n:
    n -= 1
    if n == 1:
        continue
    print(n)
else:
    print("else", n)
# expect: 2
# expect: 0
# expect: else 0
while True:
    n += 1
    if n > 2:
        break
else:
    print("not here")
print(n)  # expect: 3
while 0:
    print("never")
else:
    print("at once")
# expect: at once
