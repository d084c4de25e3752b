class Manager:
    async def __aenter__(self):
        print("enter")
        return 7
    async def __aexit__(self, kind, value, trace):
        print("exit", kind and kind.__name__, value and value.args)
        return kind is ValueError
async def main():
    async with Manager() as m:
        print("body", m)
    async with Manager():
        raise ValueError("swallowed")
    try:
        async with Manager():
            raise KeyError("kept")
    except KeyError:
        print("KeyError")
    return "end"
try:
    main().send(None)
except StopIteration as e:
    print(e.value)
# expect: enter
# expect: body 7
# expect: exit None None
# expect: enter
# expect: exit ValueError ('swallowed',)
# expect: enter
# expect: exit KeyError ('kept',)
# expect: KeyError
# expect: end
