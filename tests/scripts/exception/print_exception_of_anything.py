import sys
sys.print_exception(1, sys.stdout)
# expect: 1
class E(Exception):
    pass
sys.print_exception(E("text"), sys.stdout)
# expect: E: text
class R(Exception):
    def __repr__(self):
        return "as it says"
sys.print_exception(R("text"), sys.stdout)
# expect: as it says
try:
    raise object.__new__(E)
except TypeError as e:
    print(e)
# expect: exceptions must derive from BaseException
