def inlined(rows, limit):
    a = [row for row in rows]
    b = {cell + limit for row in rows for cell in row if cell if row}
    c = {key: value for key, value in rows}
    d = [lambda: row for row in rows]
    e = [(last := row) for row in rows]
    return a, b, c, d, e, last


def lazy(rows, limit):
    return sum(row + limit for row in rows), (x for row in rows for x in row)


def nested(rows):
    return [[cell for cell in row] for row in rows]


module_level = [x for x in range(10)]


class Body:
    names = "ab"
    pairs = [(n, m) for n in names for m in other]
