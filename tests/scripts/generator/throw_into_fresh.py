def g():
    try:
        yield 1
    except ValueError:
        print("never entered")
    finally:
        print("never left")
fresh = g()
try:
    fresh.throw(ValueError("not begun"))
except ValueError as e:
    print(e)  # expect: not begun
print(list(fresh))  # expect: []
