class Show:
    def __getitem__(self, key):
        return key

s = Show()[1:2:3]
print(s, s.start, s.stop, s.step, Show()[:])  # expect: slice(1, 2, 3) 1 2 3 slice(None, None, None)
print(s.indices(10), Show()[::-1].indices(3), Show()[-5:].indices(3))  # expect: (1, 2, 3) (2, -1, -1) (0, 3, 1)
try:
    s.start = 5
except AttributeError:
    print("AttributeError")  # expect: AttributeError
