def handlers(f):
    try:
        f(1)
    except ValueError:
        f(2)
    except (TypeError, OSError) as error:
        f(error)
        raise
    except:
        raise RuntimeError("x") from f
    else:
        f(3)


def always(f):
    try:
        f(1)
    finally:
        f(2)


def left_early(items):
    for item in items:
        try:
            if item == 1:
                break
            if item == 2:
                continue
            if item == 3:
                return item
        finally:
            print(item)
    return None


def nested(f):
    try:
        try:
            return f()
        finally:
            f(1)
    except KeyError as error:
        return error
    finally:
        f(2)


def handled_twice(f):
    try:
        f(1)
    except:
        try:
            f(2)
        except ValueError:
            return 1
        f(3)


def after(f):
    try:
        value = f()
    except ValueError:
        value = 0
    return value


def raised_again(f):
    try:
        f(1)
    finally:
        f(2)
        raise


raise
