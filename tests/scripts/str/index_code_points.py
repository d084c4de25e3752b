s = "aä€𝄞z"
print(len(s), s[0], s[1], s[2], s[3], s[4])
# expect: 5 a ä € 𝄞 z
print(s[-1], s[-2], s[-3], s[-4], s[-5])
# expect: z 𝄞 € ä a
print(s[1:3], s[3:], s[:-1], s[-2:], s[2:2], s[4:1])
# expect: ä€ 𝄞z aä€𝄞 𝄞z  
print([c for c in s])
# expect: ['a', 'ä', '€', '𝄞', 'z']
print(ord(s[3]), ord(s[-4]))
# expect: 119070 228
long = "ä" * 1000 + "b" + "€" * 1000
print(long[1000], long[999], long[1001], long[-1001], len(long), long[998:1003])
# expect: b ä € b 2001 ääb€€
