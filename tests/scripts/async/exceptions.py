class Pause:
    def __await__(self):
        yield
    __iter__ = __await__
async def inner():
    try:
        await Pause()
    except ValueError as e:
        print("inner", e)
        raise KeyError("from inner")
    finally:
        print("inner finally")
async def outer():
    try:
        await inner()
    except KeyError as e:
        print("outer", e.args)
c = outer()
c.send(None)
try:
    c.throw(ValueError("thrown"))
except StopIteration:
    print("end")
# expect: inner thrown
# expect: inner finally
# expect: outer ('from inner',)
# expect: end
c = inner()
c.send(None)
c.close()  # expect: inner finally
