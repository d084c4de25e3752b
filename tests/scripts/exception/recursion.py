def f():
    f()
for _ in range(3):
    try:
        f()
    except RuntimeError:
        print("RuntimeError")
# expect: RuntimeError
# expect: RuntimeError
# expect: RuntimeError
