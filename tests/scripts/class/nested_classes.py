class Outer:
    class Inner:
        x = 1
        def f(self):
            return "inner"
    y = Inner.x + 1
    def make(self):
        return self.Inner()
print(Outer.Inner.x, Outer.y, Outer().make().f())  # expect: 1 2 inner
class Outer2(Outer):
    class Inner(Outer.Inner):
        def f(self):
            return "second " + super().f()
print(Outer2().make().f(), Outer2.Inner.x)  # expect: second inner 1
