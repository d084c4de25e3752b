# Callbacks that change a bytearray while it is written: what is written is text all the same.
import micropython

letters, others = b"a" * 3000, "é".encode() * 1500
data = bytearray(letters)


def change(count):
    data[:] = others if count % 2 else letters
    if count:
        micropython.schedule(change, count - 1)


for write in (repr, str, lambda data: "%s" % (data,), lambda data: "{!r}".format(data)):
    for count in range(5):
        data[:] = letters
        micropython.schedule(change, 3000 + count)
        text = write(data)
        if not all(" " <= c < "\x7f" for c in text):
            print("no text", write, count)
print("done")  # expect: done
