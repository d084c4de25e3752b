import io
s = io.StringIO("aä€𝄞z\nö")
print(s.read(1), s.read(1), s.read(2), repr(s.read(2)), s.read(5), repr(s.read(1)))
# expect: a ä €𝄞 'z\n' ö ''
s.seek(0)
print(s.readline(2), s.read(3), s.readline(100) == "\n")
# expect: aä €𝄞z True
