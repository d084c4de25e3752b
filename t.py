def f(a,b=1,*,c=2): pass
def h(a,b): pass
def k(*,x): pass
def d(a,b=2): pass
def v(a,*r): pass
def kw(a,**r): pass
for s in ("f()","f(c=1)","f(1,2,3)","f(b=1)","h(b=1)","h(1,c=1)","h(1,a=1)","h(a=1)","k()","k(1)","k(y=1)","d()","d(b=1)","d(1,2,3)","v()","kw()","kw(1,2)","kw(b=1)","v(x=1)", "v(1,a=1)","(lambda: 0)(1)","(lambda x:0)()","h(*[1,2,3])","h(**{'a':1})","d(**{'a':1,'z':2})"):
    try: eval(s)
    except Exception as e: print(s, repr(e))
