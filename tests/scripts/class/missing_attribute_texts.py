class A:
    pass
for f in (lambda: A().x, lambda: A.x, lambda: (1).x, lambda: int.x, lambda: None.x):
    try:
        f()
    except AttributeError as e:
        print(e)
# expect: 'A' object has no attribute 'x'
# expect: type object 'A' has no attribute 'x'
# expect: 'int' object has no attribute 'x'
# expect: type object 'int' has no attribute 'x'
# expect: 'NoneType' object has no attribute 'x'
def store():
    int.x = 1
try:
    store()
except AttributeError as e:
    print(e)
# expect: 'type' object has no attribute 'x'
