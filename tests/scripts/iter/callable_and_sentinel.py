n = 0

def count():
    global n
    n += 1
    return n

print(list(iter(count, 4)), n)  # expect: [1, 2, 3] 4
it = iter(count, 7)
print(list(it), list(it), n)  # expect: [5, 6] [] 7
