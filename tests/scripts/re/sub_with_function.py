import re
print(re.sub(r"\d+", lambda m: str(int(m.group(0)) * 2), "10 20 x 7"), re.sub("(a)", lambda m: r"[\1]", "aba"))
# expect: 20 40 x 14 [a]b[a]
kept = []
re.compile("[a-c]").sub(lambda m: kept.append(m) or "", "xaybzc")
print([(m.group(0), m.start()) for m in kept])
# expect: [('a', 1), ('b', 3), ('c', 5)]
class Doubler:
    def __call__(self, match):
        return re.sub(".", lambda m: m.group(0) * 2, match.group(0))
print(re.sub("ab", Doubler(), "abcab"))
# expect: aabbcaabb
