import framebuf

def show(text, width, height, *where):
    picture = framebuf.FrameBuffer(bytearray(width * height), width, height, framebuf.GS8)
    picture.text(text, *where)
    for y in range(height): print("".join("%x" % picture.pixel(x, y) if picture.pixel(x, y) else "." for x in range(width)))

show("Hi!", 24, 8, 0, 0)
# expect: 11..11....11.......11...
# expect: 11..11............1111..
# expect: 11..11...111......1111..
# expect: 111111....11.......11...
# expect: 11..11....11.......11...
# expect: 11..11....11............
# expect: 11..11...1111......11...
# expect: ........................
show("gA", 14, 9, -2, 2, 7)
# expect: ..............
# expect: ..............
# expect: ........77....
# expect: .......7777...
# expect: 77.77.77..77..
# expect: ..77..77..77..
# expect: ..77..777777..
# expect: 7777..77..77..
# expect: ..77..77..77..
show("é~\x1f", 24, 8, 0, 0)
# expect: 1111111..111.11.1111111.
# expect: 1.....1.11.111..1.....1.
# expect: 1.....1.........1.....1.
# expect: 1.....1.........1.....1.
# expect: 1.....1.........1.....1.
# expect: 1.....1.........1.....1.
# expect: 1111111.........1111111.
# expect: ........................
show(b"\x00a", 16, 8, 0, 0)
# expect: 1111111.........
# expect: 1.....1.........
# expect: 1.....1..1111...
# expect: 1.....1.....11..
# expect: 1.....1..11111..
# expect: 1.....1.11..11..
# expect: 1111111..111.11.
# expect: ................

# Each character is 8 pixels wide, none of which are left for the next one, and nothing but the letters is drawn.
picture = framebuf.FrameBuffer(bytearray(96 * 8), 96, 8, framebuf.GS8)
for code in range(32, 128):
    picture.fill(5)
    picture.text(chr(code), 16, 0, 9)
    column = [x for x in range(96) for y in range(8) if picture.pixel(x, y) != 5]
    if column and not (16 <= min(column) and max(column) < 24): print("outside", code)
    if not column and code != 32: print("nothing", code)
looks = set()
for code in range(32, 127):
    picture.fill(0)
    picture.text(chr(code), 0, 0)
    looks.add(bytes(picture))
print(len(looks))  # expect: 95

picture.fill(0)
picture.text("x" * 100000, -400000, 0)
picture.text("", 0, 0)
picture.text("abc", 0, 8)
picture.text("abc", 96, 0)
picture.text("abc", -24, 0)
print(any(bytes(picture)[:2 * 96]), any(bytes(picture)))  # expect: False True
picture.fill(0)
picture.text("x" * 100000, -8 * 99999, 0)
print(max(x for x in range(96) for y in range(8) if picture.pixel(x, y)) < 8)  # expect: True
try:
    picture.text(5, 0, 0)
except TypeError as e:
    print(e)
# expect: can't convert 'int' object to str implicitly
