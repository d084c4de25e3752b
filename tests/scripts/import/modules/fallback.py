def __getattr__(name):
    if name == "computed":
        return "computed value"
    raise AttributeError(name)
