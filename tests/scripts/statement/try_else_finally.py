def f(raises):
    try:
        print("try")
        if raises:
            raise raises
    except (KeyError, IndexError) as e:
        print("except", type(e).__name__)
    except ValueError:
        print("value")
        return "returned"
    else:
        print("else")
    finally:
        print("finally")
    return "end"
print(f(None), f(IndexError), f(ValueError("x")))
# expect: try
# expect: else
# expect: finally
# expect: try
# expect: except IndexError
# expect: finally
# expect: try
# expect: value
# expect: finally
# expect: end end returned
try:
    f(TypeError)
except TypeError:
    print("TypeError passed")
# expect: try
# expect: finally
# expect: TypeError passed
