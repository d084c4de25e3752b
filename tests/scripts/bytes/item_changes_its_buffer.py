import array


class Cuts:
    """A number that makes the buffer shorter as it is asked."""

    def __init__(self, buffer, size):
        self.buffer = buffer
        self.size = size

    def __int__(self):
        self.buffer[:] = self.buffer[: self.size]
        return 7

    def __float__(self):
        return float(int(self))


def attempt(target, buffer, index, size):
    try:
        target[index] = Cuts(buffer, size)
    except IndexError as e:
        print(e)
    else:
        print(list(buffer))


buffer = bytearray(b"abcd")
attempt(buffer, buffer, 3, 0)  # expect: bytearray index out of range
buffer = bytearray(b"abcd")
attempt(buffer, buffer, 0, 1)  # expect: [7]
buffer = bytearray(b"abcd")
attempt(memoryview(buffer), buffer, 3, 0)  # expect: memoryview index out of range
buffer = bytearray(b"abcd")
attempt(memoryview(buffer)[2:], buffer, 0, 1)  # expect: memoryview index out of range
numbers = array.array("d", [1, 2, 3])
attempt(numbers, numbers, 2, 2)  # expect: array index out of range
