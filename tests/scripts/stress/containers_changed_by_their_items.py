# Items whose special methods change the containers they lie in, in random ways. Any outcome but a crash is right.

state = 1


def random(n):
    global state
    state = state * 1103515245 + 12345 & 0x7FFFFFFF
    return (state >> 8) % n


l = []
d = {}
s = set()
busy = 0


def meddle():
    global busy
    if busy > 2 or random(3):
        return
    busy += 1
    try:
        choice = random(16)
        if choice == 0:
            l.clear()
        elif choice == 1:
            l.append(Item())
        elif choice == 2:
            l.extend(Item() for i in range(random(40)))
        elif choice == 3 and l:
            l.pop(random(len(l)))
        elif choice == 4:
            del l[random(5) :]
        elif choice == 5:
            l[1:3] = l
        elif choice == 6:
            d.clear()
        elif choice == 7:
            d[Item()] = Item()
        elif choice == 8:
            d.pop(Item(), None)
        elif choice == 9 and d:
            d.popitem()
        elif choice == 10:
            for i in range(random(40)):
                d[i] = i
        elif choice == 11:
            s.clear()
        elif choice == 12:
            s.add(Item())
        elif choice == 13 and s:
            s.pop()
        elif choice == 14:
            s.update(range(random(40)))
        else:
            s.discard(Item())
        while len(l) > 60:
            l.pop()
    finally:
        busy -= 1


class Item:
    def __init__(self):
        self.n = random(4)

    def __eq__(self, other):
        meddle()
        return isinstance(other, Item) and self.n == other.n and random(2) == 0

    def __lt__(self, other):
        meddle()
        return random(2) == 0

    def __hash__(self):
        meddle()
        return self.n

    def __repr__(self):
        meddle()
        return "Item"

    def __add__(self, other):
        meddle()
        return self


def key(item):
    meddle()
    return random(9)


actions = (
    lambda: l.sort(),
    lambda: l.sort(key=key),
    lambda: sorted(l, reverse=True),
    lambda: Item() in l,
    lambda: l.index(Item()),
    lambda: l.remove(Item()),
    lambda: l.count(Item()),
    lambda: l == list(l),
    lambda: l < list(reversed(l)),
    lambda: str(l),
    lambda: str(d),
    lambda: str(s),
    lambda: d.get(Item()),
    lambda: d.setdefault(Item(), 1),
    lambda: d.update({Item(): 1, Item(): 2}),
    lambda: d == dict(d),
    lambda: d | {Item(): 1},
    lambda: list(d.items()),
    lambda: Item() in d.values(),
    lambda: s | {Item(), Item()},
    lambda: s & {Item(), Item()},
    lambda: s ^ {Item(), Item()},
    lambda: s - {Item(), Item()},
    lambda: s <= {Item(), Item(), 1, 2},
    lambda: s.symmetric_difference_update([Item(), Item()]),
    lambda: s.intersection_update(l),
    lambda: s.difference_update(d),
    lambda: {Item() for i in range(9)},
    lambda: {Item(): i for i in range(9)},
    lambda: l.extend(map(key, l)) if len(l) < 50 else l.clear(),
    lambda: l.__class__(x for x in l if key(x)),
    lambda: tuple(l) == tuple(l),
    lambda: hash(tuple(l)),
    lambda: frozenset(l),
    lambda: max(l),
    lambda: sum(l, Item()),
)

outcomes = set()
for step in range(3000):
    try:
        actions[random(len(actions))]()
    except (ValueError, IndexError, KeyError, TypeError) as e:
        outcomes.add(type(e).__name__)
    for i in range(random(4)):
        l.append(Item())
        d[random(50)] = Item()
    if len(l) > 60:
        del l[10:]
print(sorted(outcomes))  # expect: ['TypeError', 'ValueError']
