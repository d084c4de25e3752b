class Key:
    """Hashes like all others, and has the table cleared and filled again whenever it is compared."""

    def __hash__(self):
        return 1

    def __eq__(self, other):
        table.clear()
        refill()
        return False


def refill():
    for i in range(20):
        table[64 * i + 1] = i


table = {Key(): 0}
print(table.get(Key()), len(table))  # expect: None 20
table = {Key(): 0}
table[Key()] = 1
print(len(table))  # expect: 21
table = {Key(): 0}
print(table.pop(Key(), "none"), len(table))  # expect: none 20


class Twin(Key):
    def __hash__(self):
        return 1

    def __eq__(self, other):
        table.clear()
        table.update(range(100))
        return True


# An answer counts for the item that stands there afterwards.
table = {Twin()}
print(Twin() in table, len(table))  # expect: True 100
table = {Twin()}
table.add(Twin())
print(len(table))  # expect: 100
