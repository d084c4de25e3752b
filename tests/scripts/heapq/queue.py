from heapq import heapify, heappop, heappush

heap = []
for item in (5, 3, 8, 1, 9, 1, 7):
    heappush(heap, item)
    print(heap[0], end=" ")
print()  # expect: 5 3 3 1 1 1 1 
print([heappop(heap) for _ in range(len(heap))], heap)  # expect: [1, 1, 3, 5, 7, 8, 9] []
items = [(n * 37) % 100 for n in range(100)]
print(heapify(items))  # expect: None
print(all(items[(i - 1) // 2] <= items[i] for i in range(1, 100)))  # expect: True
print([heappop(items) for _ in range(100)] == list(range(100)))  # expect: True
for small in ([], [1], [2, 1]):
    heapify(small)
    print(small, end=" ")
print()  # expect: [] [1] [1, 2] 
words = []
for word in ("pear", "fig", "apple"):
    heappush(words, (len(word), word))
print(heappop(words), heappop(words))  # expect: (3, 'fig') (4, 'pear')


class Jobs(list):
    pass


jobs = Jobs([3, 2, 1])
heapify(jobs)
print(heappop(jobs), jobs)  # expect: 1 [2, 3]
