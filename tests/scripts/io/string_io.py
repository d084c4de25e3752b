import io
s = io.StringIO("hello\nworld\n")
print(repr(s.read(3)), repr(s.readline()), repr(s.read()), repr(s.read()), s.tell())
# expect: 'hel' 'lo\n' 'world\n' '' 12
s.seek(0)
print(s.readlines(), [line for line in s])
# expect: ['hello\n', 'world\n'] []
s = io.StringIO()
print(s.write("aä"), s.write("€"), s.getvalue(), repr(s.read()))
# expect: 3 3 aä€ ''
s.seek(1)
s.write("x")
print(s.tell())
# expect: 2
