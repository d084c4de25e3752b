class A:
    async def get(self, x):
        return x
    @staticmethod
    async def static(x):
        return x * 2
    @classmethod
    async def of_class(cls, x):
        return cls.__name__ + x
async def main():
    a = A()
    return await a.get(1), await A.static(2), await a.of_class("!")
try:
    main().send(None)
except StopIteration as e:
    print(e.value)
# expect: (1, 4, 'A!')
