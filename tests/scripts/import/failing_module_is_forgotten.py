import sys
for i in range(2):
    try:
        import modules.fails
    except ValueError as e:
        print(e, "modules.fails" in sys.modules)
# expect: while importing False
# expect: while importing False
try:
    import modules.broken_syntax
except SyntaxError:
    print("SyntaxError", "modules.broken_syntax" in sys.modules)
# expect: SyntaxError False
