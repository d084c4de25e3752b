def g():
    try:
        for i in range(10):
            yield i
    finally:
        print("never closed by the loop")
it = g()
for i in it:
    if i == 3:
        break
print(i, next(it))  # expect: 3 4
for i in it:
    pass
# expect: never closed by the loop
print(i)  # expect: 9
