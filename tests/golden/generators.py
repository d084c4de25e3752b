def numbers(n):
    while n:
        received = yield n
        n -= 1
    yield
    result = yield from numbers(3)
    return result


callback = lambda: (yield 1)


async def coroutine(other):
    return await other() + 1
