class E(Exception):
    def __init__(self, code, *args):
        super().__init__(code, *args)
        self.code = code
    def describe(self):
        return "code %d" % self.code
class F(E, ):
    pass
try:
    raise F(5, "more")
except E as e:
    print(type(e).__name__, e.code, e.args, e.describe(), isinstance(e, Exception))
# expect: F 5 (5, 'more') code 5 True
class V(ValueError):
    pass
try:
    raise V("text")
except ValueError as e:
    print(e, repr(e) == "V('text',)" or repr(e) == "V('text')", e.args)
# expect: text True ('text',)
class Custom(Exception):
    def __str__(self):
        return "custom text"
print(str(Custom(1)), "%s" % Custom())  # expect: custom text custom text
