class Base(Exception):
    pass
class Derived(Base):
    pass
for e in (Derived("d"), Base("b"), KeyError("k"), OverflowError("o"), StopIteration()):
    try:
        raise e
    except Derived:
        print("Derived")
    except (Base, LookupError):
        print("Base or LookupError")
    except ArithmeticError as caught:
        print("ArithmeticError", caught)
    except:
        print("other")
# expect: Derived
# expect: Base or LookupError
# expect: Base or LookupError
# expect: ArithmeticError o
# expect: other
