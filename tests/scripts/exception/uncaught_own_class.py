class E(Exception):
    def __str__(self):
        return "not shown"
raise E("shown")
# expect-error: E: shown
