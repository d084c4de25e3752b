class NoExit:
    def __enter__(self):
        print("entered")
class Failing:
    def __enter__(self):
        raise ValueError("enter")
    def __exit__(self, *args):
        print("never")
class FailingExit:
    def __enter__(self):
        pass
    def __exit__(self, *args):
        raise KeyError("exit", args[0] and args[0].__name__)
for m in (Failing(), FailingExit()):
    try:
        with m:
            print("body")
    except (ValueError, KeyError) as e:
        print(type(e).__name__, e.args)
# expect: ValueError ('enter',)
# expect: body
# expect: KeyError ('exit', None)
try:
    with FailingExit():
        raise TypeError
except KeyError as e:
    print(e.args)
# expect: ('exit', 'TypeError')
for m in (5, NoExit()):
    try:
        with m:
            print("never")
    except (AttributeError, TypeError):
        print("not a context manager")
# expect: not a context manager
# expect: not a context manager
