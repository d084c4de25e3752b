class Empty:
    pass


@register
class Derived(Empty, Base, key=1):
    limit = 10
    double = limit * 2

    def __init__(self, value):
        super().__init__(value)
        self.value = value

    def own(self):
        return super().own, __class__

    items = [limit for item in range(limit)]


def local():
    outer = 1

    class Inner:
        value = outer

        def method(self):
            return outer

    return Inner


class Spread(*bases, **options):
    pass
