class Base(Exception):
    pass
class Derived(Base, object):
    def __str__(self):
        return "derived text"
try:
    raise Derived(1, 2)
except Base as e:
    print(type(e).__name__, e.args, e)
class WithAttributes(Exception):
    def __init__(self, msg, code):
        super().__init__(msg)
        self.code = code
try:
    raise WithAttributes("m", 5)
except WithAttributes as e:
    print(e, e.code, e.args)
# expect: Derived (1, 2) derived text
# expect: m 5 ('m',)
