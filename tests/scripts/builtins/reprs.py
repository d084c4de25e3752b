print(len, [].append is None, int.from_bytes is None, type, Ellipsis, NotImplemented)
# expect: <function> False False <class 'type'> Ellipsis NotImplemented
def f(): pass
print(repr(f).startswith("<function f at 0x"), (lambda: 0).__name__, f.__name__)
# expect: True <lambda> f
def outer():
    x = 1
    def g():
        return x
    return g
text = repr(outer())
print(text.startswith("<closure <function g at 0x"), text.endswith(" 1> >"), "n_closed=1 <cell " in text)
# expect: True True True
class A:
    def m(self): pass
print(repr(A().m).startswith("<bound_method "), ".<function m at 0x" in repr(A().m))
# expect: True True
import sys
print(sys)
# expect: <module 'sys'>
