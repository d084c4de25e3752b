# The native part of an instance is an object of the native base, whatever the making of one answers.
class X(reversed):
    pass


class Answers:
    def __init__(self, answer):
        self.answer = answer

    def __reversed__(self):
        return self.answer


x = object.__new__(X)
for answer in x, 5, [1], X:
    try:
        X.__init__(x, Answers(answer))
    except TypeError as e:
        print(e)
# expect: an instance of a class derived from 'reversed' can't be made of 'X'
# expect: an instance of a class derived from 'reversed' can't be made of 'int'
# expect: an instance of a class derived from 'reversed' can't be made of 'list'
# expect: an instance of a class derived from 'reversed' can't be made of 'type'
try:
    X(Answers(x))
except TypeError as e:
    print(e)  # expect: an instance of a class derived from 'reversed' can't be made of 'X'
try:
    next(x)
except TypeError as e:
    print(e)  # expect: 'X' object isn't an iterator
X.__init__(x, [1, 2, 3])
print(list(x))  # expect: [3, 2, 1]
print(list(reversed(Answers([1, 2]))))  # expect: [1, 2]
