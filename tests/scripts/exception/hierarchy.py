def matches(exc, cls):
    try:
        raise exc
    except cls:
        return True
    except BaseException:
        return False
print(matches(KeyError(1), LookupError), matches(IndexError(1), (ValueError, LookupError)), matches(ValueError(), KeyError))
print(matches(ZeroDivisionError(), ArithmeticError), matches(UnicodeError(), ValueError))
print(matches(KeyboardInterrupt(), Exception), matches(SystemExit(), Exception), matches(GeneratorExit(), Exception))
print(issubclass(NotImplementedError, RuntimeError), issubclass(IndentationError, SyntaxError))
# expect: True True False
# expect: True True
# expect: False False False
# expect: True True
