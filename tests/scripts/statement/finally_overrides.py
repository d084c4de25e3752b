def returns():
    try:
        return "try"
    finally:
        return "finally"
def swallows():
    try:
        raise ValueError
    finally:
        return "swallowed"
def breaks():
    while True:
        try:
            return "never"
        finally:
            break
    return "after break"
def loops():
    seen = []
    for i in range(4):
        try:
            if i == 1:
                continue
            if i == 3:
                break
            seen.append(i)
        finally:
            seen.append("f%d" % i)
    return seen
def nested():
    try:
        try:
            return 1
        finally:
            print("inner")
    finally:
        print("outer")
def value_is_kept():
    x = 1
    try:
        return x
    finally:
        x = 2
print(returns(), swallows(), breaks(), loops(), nested(), value_is_kept())
# expect: inner
# expect: outer
# expect: finally swallowed after break [0, 'f0', 'f1', 2, 'f2', 'f3'] 1 1
