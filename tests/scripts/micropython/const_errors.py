# What cannot be a constant, what cannot be done to one, and where the errors are said to be.
import io, sys


def why(source):
    try:
        exec("from micropython import const\n" + source)
        print("accepted")
    except Exception as e:
        text = io.StringIO()
        sys.print_exception(e, text)
        print(text.getvalue().split("\n")[-3].strip(), "|", e)


why("A = const([1])")  # expect: File "<string>", line 2 | not a constant
why("A = const({})")  # expect: File "<string>", line 2 | not a constant
why("A = const(print)")  # expect: File "<string>", line 2 | not a constant
why("x = 1\nA = const(x)")  # expect: File "<string>", line 3 | not a constant
why("A = const(A)")  # expect: File "<string>", line 2 | not a constant
why("A = const('x' + 'y')")  # expect: File "<string>", line 2 | not a constant
why("A = const((1,)[0])")  # expect: File "<string>", line 2 | not a constant
why("A = const(1 < 2)")  # expect: File "<string>", line 2 | not a constant
why("A = const()")  # expect: File "<string>", line 2 | not a constant
why("A = const(1, 2)")  # expect: File "<string>", line 2 | not a constant
why("A = const(x=1)")  # expect: File "<string>", line 2 | not a constant
why("A = const(*[1])")  # expect: File "<string>", line 2 | not a constant
why("A = const(1,)")  # expect: File "<string>", line 2 | not a constant
why("A = const(1 if 1 else 2)")  # expect: File "<string>", line 2 | not a constant
why("A = const((1, 2 if 0 else 3))")  # expect: File "<string>", line 2 | not a constant
why("A = const((1 if 1 else 2) + 3)")  # expect: File "<string>", line 2 | not a constant
why("A = const(f'a')")  # expect: File "<string>", line 2 | not a constant
why("A = const('a' f'')")  # expect: File "<string>", line 2 | not a constant
why("A = const(not f'')")  # expect: File "<string>", line 2 | not a constant
why("A = const(1 @ 2)")  # expect: File "<string>", line 2 | not a constant
why("A = const(1 << -2)")  # expect: File "<string>", line 2 | not a constant
why("A = const(1 >> -2)")  # expect: File "<string>", line 2 | not a constant
why("A = const(1 % 0)")  # expect: File "<string>", line 2 | not a constant
why("A = const(1 // 0)")  # expect: File "<string>", line 2 | not a constant
why("A = const(1 / 0)")  # expect: File "<string>", line 2 | not a constant
why("A = const(2 ** 10 ** 9)")  # expect: File "<string>", line 2 | not a constant
why("A = const(1)\nA = 2")  # expect: File "<string>", line 3, in <module> | can't assign to expression
why("A = const(1)\nA = const(2)")  # expect: File "<string>", line 3, in <module> | can't assign to expression
why("A = const(1)\nA += 1")  # expect: File "<string>", line 3, in <module> | can't assign to expression
why("A = const(1)\nfor A in []: pass")  # expect: File "<string>", line 3, in <module> | can't assign to expression
why("A = const(1)\nwith B as A: pass")  # expect: File "<string>", line 3, in <module> | can't assign to expression
why("A = const(1)\ndel A")  # expect: File "<string>", line 3, in <module> | can't delete expression
why("A = const(1)\ndef f():\n    A = 3")  # expect: File "<string>", line 4, in f | can't assign to expression
why("A = const(1)\ndef f():\n    global A\n    A = 3")
# expect: File "<string>", line 5, in f | can't assign to expression
