import sys
def handled():
    kind = sys.exc_info()[0]
    return kind and kind.__name__

# finally and __exit__ see the exception that is on its way.
def raised():
    try:
        try:
            1 / 0
        finally:
            print("finally", handled())
    except ZeroDivisionError:
        print("except", handled())
    print("after", handled())
raised()
# expect: finally ZeroDivisionError
# expect: except ZeroDivisionError
# expect: after None
class Manager:
    def __enter__(self):
        return self
    def __exit__(self, kind, value, traceback):
        print("exit", handled(), kind and kind.__name__)
        return True
with Manager():
    raise KeyError
print(handled())
with Manager():
    pass
# expect: exit KeyError KeyError
# expect: None
# expect: exit None None

# What is handled around comes back.
def around():
    try:
        raise ValueError
    except ValueError:
        try:
            pass
        finally:
            print("inner", handled())
        with Manager():
            pass
        with Manager():
            raise OSError
        try:
            try:
                raise IndexError
            finally:
                print("inner", handled())
        except IndexError:
            print("inner", handled())
        print("outer", handled())
    print("outer", handled())
around()
# expect: inner ValueError
# expect: exit ValueError None
# expect: exit OSError OSError
# expect: inner IndexError
# expect: inner IndexError
# expect: outer ValueError
# expect: outer None

# Also where the finally is left early, and where a handler stands in it.
def left_early():
    for i in range(2):
        try:
            try:
                raise OSError
            finally:
                print("finally", handled())
                if i:
                    break
                continue
        finally:
            print("outer", handled())
    print("loop", handled())
    try:
        raise KeyError
    finally:
        try:
            raise IndexError
        except IndexError:
            print("in finally", handled())
        print("finally", handled())
        return handled()
print(left_early(), handled())
# expect: finally OSError
# expect: outer None
# expect: finally OSError
# expect: outer None
# expect: loop None
# expect: in finally IndexError
# expect: finally KeyError
# expect: KeyError None

# Callers keep theirs, callees see it.
def callee():
    print("callee", handled())
    try:
        raise KeyError
    except KeyError:
        pass
    print("callee", handled())
try:
    raise ValueError
except ValueError:
    callee()
    left_early()
    print("caller", handled())
# expect: callee ValueError
# expect: callee ValueError
# expect: finally OSError
# expect: outer ValueError
# expect: finally OSError
# expect: outer ValueError
# expect: loop ValueError
# expect: in finally IndexError
# expect: finally KeyError
# expect: caller ValueError

# A generator has its own while it runs.
def generator():
    try:
        yield handled()
        raise KeyError
    except KeyError:
        yield handled()
        yield handled()
    finally:
        print("closing", handled())
    yield handled()
items = generator()
print(next(items), handled())
try:
    raise ValueError
except ValueError:
    print(next(items), handled())
print(next(items), handled())
try:
    raise OSError
except OSError:
    print(next(items), handled())
# expect: None None
# expect: KeyError ValueError
# expect: KeyError None
# expect: closing OSError
# expect: OSError OSError
thrown = generator()
next(thrown)
try:
    thrown.throw(IndexError)
except IndexError:
    print(handled())
# expect: closing IndexError
# expect: IndexError
