import re
m = re.search("(ß+)(.)", "aéßß€z")
print(m.span(), m.start(1), m.end(1), m.group(2), m.span(2))
# expect: (2, 5) 2 4 € (4, 5)
m = re.search(b"\xa9(.)", "é€".encode())
print(m.span(), m.group(1))
# expect: (1, 3) b'\xe2'
