from heapq import heapify, heappop, heappush


def attempt(call):
    try:
        print(call())
    except Exception as e:
        print(type(e).__name__, e)


attempt(lambda: heappop([]))  # expect: IndexError empty heap
attempt(lambda: heappop((1, 2)))  # expect: TypeError heap must be a list
attempt(lambda: heappush(None, 1))  # expect: TypeError heap must be a list
attempt(lambda: heapify("abc"))  # expect: TypeError heap must be a list
# Whatever a comparison raises, no item is lost.
heap = [1, "x", 2, 3]
attempt(lambda: heapify(heap))  # expect: TypeError unsupported types for __lt__: 'str', 'int'
print(sorted(map(str, heap)))  # expect: ['1', '2', '3', 'x']


class Meddler:
    def __lt__(self, other):
        heap.clear()
        return True


heap = [Meddler() for _ in range(5)]
attempt(lambda: heapify(heap))  # expect: RuntimeError heap changed size while it was worked on
print(heap)  # expect: []
heap = [Meddler(), Meddler()]
attempt(lambda: heappush(heap, Meddler()))  # expect: RuntimeError heap changed size while it was worked on
