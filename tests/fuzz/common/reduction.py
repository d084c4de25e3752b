"""Makes a snippet smaller as long as a property of it stays."""

import ast
import copy
import time


def reduced(text, still_fails, seconds):
    """The smallest snippet found in that time for which `still_fails` holds, as it does for `text`."""
    deadline = time.monotonic() + seconds
    tree = ast.parse(text)
    if not still_fails(ast.unparse(tree)):
        return text
    progress = True
    while progress and time.monotonic() < deadline:
        progress = False
        index = 0
        while time.monotonic() < deadline:
            candidate = copy.deepcopy(tree)
            change = nth_change(candidate, index)
            if change is None:
                break
            if change() and still_fails(ast.unparse(ast.fix_missing_locations(candidate))):
                tree, progress = candidate, True
            else:
                index += 1
    return ast.unparse(tree) + "\n"


def nth_change(tree, index):
    """The change of that number, large ones first: it alters `tree` and tells whether the result is shorter."""
    for number, change in enumerate(changes(tree)):
        if number == index:
            length = len(ast.unparse(tree))
            return lambda: apply(change, tree, length)
    return None


def apply(change, tree, length):
    change()
    try:
        text = ast.unparse(ast.fix_missing_locations(tree))
        ast.parse(text)
    except (SyntaxError, ValueError):
        return False
    return len(text) < length


def changes(tree):
    for node in list(ast.walk(tree)):
        for field in ("body", "orelse", "finalbody", "handlers"):
            statements = getattr(node, field, None)
            if isinstance(statements, list):
                yield from statement_changes(statements, required=field == "body")
    for node in list(ast.walk(tree)):
        yield from expression_changes(node)


def statement_changes(statements, required):
    """Half of them, or one, is left out; a compound statement becomes its body."""
    if len(statements) > 3:
        middle = len(statements) // 2
        yield lambda: statements.__setitem__(slice(0, middle), [])
        yield lambda: statements.__setitem__(slice(middle, None), [])
    for index, statement in enumerate(statements):
        if len(statements) > 1 or not required:
            yield lambda index=index: statements.pop(index)
        elif not isinstance(statement, ast.Pass):
            yield lambda index=index: statements.__setitem__(index, ast.Pass())
        inner = getattr(statement, "body", None)
        if isinstance(inner, list) and not isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
            yield lambda index=index, inner=inner: statements.__setitem__(slice(index, index + 1), inner)


def expression_changes(node):
    """An operand takes the place of an expression, or an element of a list is left out."""
    for field, value in ast.iter_fields(node):
        if isinstance(value, ast.expr) and not isinstance(node, (ast.FormattedValue, ast.JoinedStr)):
            for operand in operands(value):
                if isinstance(node, ast.Attribute) and isinstance(operand, ast.Constant):
                    continue  # `1.real` is no expression
                yield lambda field=field, operand=operand: setattr(node, field, operand)
        elif isinstance(value, list) and value and isinstance(value[0], (ast.expr, ast.keyword)):
            for index, item in enumerate(value):
                if not isinstance(node, (ast.Dict, ast.Compare, ast.BoolOp, ast.Assign, ast.Call)):
                    yield lambda value=value, index=index: value.pop(index)
                if isinstance(item, ast.expr):
                    for operand in operands(item):
                        yield lambda value=value, index=index, operand=operand: value.__setitem__(index, operand)


def operands(expression):
    if isinstance(expression, (ast.Name, ast.Constant)):
        return []
    if isinstance(expression, ast.Call):
        return expression.args
    return [child for child in ast.iter_child_nodes(expression) if isinstance(child, ast.expr)]
