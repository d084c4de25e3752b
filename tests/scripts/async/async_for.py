class Countdown:
    def __init__(self, n):
        self.n = n
    def __aiter__(self):
        return self
    async def __anext__(self):
        if self.n == 0:
            raise StopAsyncIteration
        self.n -= 1
        return self.n
async def main():
    async for i in Countdown(3):
        print(i)
    else:
        print("else")
    async for i in Countdown(5):
        if i == 3:
            continue
        if i == 1:
            break
        print("second", i)
    else:
        print("not here")
try:
    main().send(None)
except StopIteration:
    print("done")
# expect: 2
# expect: 1
# expect: 0
# expect: else
# expect: second 4
# expect: second 2
# expect: done
