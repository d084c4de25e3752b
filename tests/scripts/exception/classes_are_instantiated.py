try:
    raise ValueError
except ValueError as e:
    print(repr(e), e.args)
class E(Exception):
    def __init__(self):
        super().__init__("made")
try:
    raise E
except E as e:
    print(e)
# expect: ValueError() ()
# expect: made
