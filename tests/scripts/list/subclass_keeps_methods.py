class Stack(list):
    def push(self, x):
        self.append(x)
        return self

s = Stack([1])
s.push(2).push(3)
print(len(s), s[-1], s[::-1], list(s), 2 in s, s == [1, 2, 3])  # expect: 3 3 [3, 2, 1] [1, 2, 3] True True
print(s + [4], [0] + s, s * 2)  # expect: [1, 2, 3, 4] [0, 1, 2, 3] [1, 2, 3, 1, 2, 3]
s[1:] = Stack("ab")
print(s)  # expect: [1, 'a', 'b']
