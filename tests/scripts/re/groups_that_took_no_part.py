import re
m = re.match("(a)|(b)|(c*)", "b")
print(m, m.groups(), m.group(1), m.span(1), m.start(1), m.end(1))
# expect: <match num=4> (None, 'b', None) None (-1, -1) -1 -1
m = re.match("(x*)", "b")
print(repr(m.group(1)), m.span(1), re.match("a", "a").groups())
# expect: '' (0, 0) ()
for index in (4, -1, 1 << 40):
    try:
        re.match("(a)", "a").group(index)
    except IndexError as e:
        print(e)
# expect: 4
# expect: -1
# expect: 1099511627776
