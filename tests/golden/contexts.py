def plain(a):
    with a:
        a.use()


def several(a):
    with a.open() as f, a.other() as (x, y):
        return f


async def asynchronous(a):
    async with a as b:
        await b
    async for item in a:
        if item:
            break
    else:
        return 1
