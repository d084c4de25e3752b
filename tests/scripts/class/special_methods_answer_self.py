# A special method that answers its own object, which is none of the things it should answer, is an error.
class Itself:
    def __bool__(self):
        return self
    def __str__(self):
        return self
    __repr__ = __str__

class Length:
    def __len__(self):
        return self

def attempt(function, value):
    try:
        print(function(value))
    except (TypeError, RuntimeError) as e:
        print(e)

attempt(bool, Itself())  # expect: can't convert Itself to bool
attempt(bool, Length())  # expect: can't convert Length to bool
attempt(str, Itself())  # expect: maximum recursion depth exceeded
attempt(repr, [Itself()])  # expect: maximum recursion depth exceeded
if_ = lambda x: 1 if x else 2
attempt(if_, Itself())  # expect: can't convert Itself to bool

class Number(int):
    pass

class Counted:
    def __len__(self):
        return Number(2)
    def __bool__(self):
        return Number(0)

print(bool(Counted()))  # expect: False
