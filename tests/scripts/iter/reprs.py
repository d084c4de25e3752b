print(iter([]), iter({}), iter(range(1)), zip(), map(abs, []), filter(None, []), enumerate([]), reversed([]))  # expect: <iterator> <iterator> <iterator> <zip> <map> <filter> <enumerate> <reversed>
