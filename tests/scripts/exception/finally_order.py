def f(n):
    try:
        print("try", n)
        if n == 1:
            return "returned"
        if n == 2:
            raise ValueError("two")
        for i in range(3):
            try:
                if i == 1:
                    continue
                if i == 2:
                    break
                print("body", i)
            finally:
                print("inner finally", i)
    except ValueError as e:
        print("caught", e)
    finally:
        print("finally", n)
    return "end"
for n in range(3):
    print(f(n))
# expect: try 0
# expect: body 0
# expect: inner finally 0
# expect: inner finally 1
# expect: inner finally 2
# expect: finally 0
# expect: end
# expect: try 1
# expect: finally 1
# expect: returned
# expect: try 2
# expect: caught two
# expect: finally 2
# expect: end
