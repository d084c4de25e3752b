# Pixels that nothing moves to stay as they are, in all formats.
import framebuf

FORMATS = (framebuf.MONO_VLSB, framebuf.MONO_HLSB, framebuf.MONO_HMSB, framebuf.GS2_HMSB, framebuf.GS4_HMSB,
           framebuf.GS8, framebuf.RGB565)
WIDTH, HEIGHT = 10, 9

def lines(picture):
    return ["".join(".#"[picture.pixel(x, y)] for x in range(WIDTH)) for y in range(HEIGHT)]

def show(x, y):
    shown = []
    for format in FORMATS:
        picture = framebuf.FrameBuffer(bytearray(WIDTH * HEIGHT * 2 + 20), WIDTH, HEIGHT, format)
        picture.ellipse(5, 4, 4, 3, 1)
        picture.line(0, 0, 9, 8, 1)
        picture.scroll(x, y)
        shown.append(lines(picture))
    print(all(each == shown[0] for each in shown))
    for line in shown[0]: print(line)

show(0, 0)
# expect: True
# expect: #.........
# expect: .#.#####..
# expect: ..#.....#.
# expect: .#.#.....#
# expect: .#..##...#
# expect: .#....#..#
# expect: ..#....##.
# expect: ...######.
# expect: .........#
show(3, 0)
# expect: True
# expect: #..#......
# expect: .#..#.####
# expect: ..#..#....
# expect: .#..#.#...
# expect: .#..#..##.
# expect: .#..#....#
# expect: ..#..#....
# expect: ......####
# expect: ..........
show(-2, -1)
# expect: True
# expect: .#####....
# expect: #.....#...
# expect: .#.....##.
# expect: ..##...#.#
# expect: ....#..#.#
# expect: #....##..#
# expect: .######.#.
# expect: .......##.
# expect: .........#
show(1, 4)
# expect: True
# expect: #.........
# expect: .#.#####..
# expect: ..#.....#.
# expect: .#.#.....#
# expect: .#........
# expect: ..#.#####.
# expect: ...#.....#
# expect: ..#.#.....
# expect: ..#..##...
show(0, -3)
# expect: True
# expect: .#.#.....#
# expect: .#..##...#
# expect: .#....#..#
# expect: ..#....##.
# expect: ...######.
# expect: .........#
# expect: ..#....##.
# expect: ...######.
# expect: .........#
show(10, 0)
# expect: True
# expect: #.........
# expect: .#.#####..
# expect: ..#.....#.
# expect: .#.#.....#
# expect: .#..##...#
# expect: .#....#..#
# expect: ..#....##.
# expect: ...######.
# expect: .........#
show(-10, 9)
# expect: True
# expect: #.........
# expect: .#.#####..
# expect: ..#.....#.
# expect: .#.#.....#
# expect: .#..##...#
# expect: .#....#..#
# expect: ..#....##.
# expect: ...######.
# expect: .........#
wide = framebuf.FrameBuffer(bytearray(700), 700, 1, framebuf.GS8)
for x in range(700): wide.pixel(x, 0, x % 251)
wide.scroll(3, 0)
print([wide.pixel(x, 0) for x in (0, 2, 3, 4, 258, 259, 260, 699)], all(wide.pixel(x, 0) == (x - 3) % 251 for x in range(3, 700)))
# expect: [0, 2, 0, 1, 4, 5, 6, 194] True
wide.scroll(-300, 0)
print([wide.pixel(x, 0) for x in (0, 2, 3, 399, 400, 699)])  # expect: [46, 48, 49, 194, 146, 194]
