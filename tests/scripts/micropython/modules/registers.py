from micropython import const

CONTROL = const(0x20)
STATUS = const(CONTROL + 1)
_RESET = const(0x80)


def reset_value():
    return CONTROL | _RESET
