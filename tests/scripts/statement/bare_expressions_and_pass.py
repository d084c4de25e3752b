class A: pass
def f(): pass; return 5
if 1: pass
else: print("never")
x = 1; y = 2; print(x, y)  # expect: 1 2
"text"; 5; f()
for i in range(2): print(i); print(i + 1)
# expect: 0
# expect: 1
# expect: 1
# expect: 2
if x: \
    print("continued")
# expect: continued
z = (1 +
     2  # a comment
     + 3)
print(z, [
    1,
    2,
], f())
# expect: 6 [1, 2] 5
