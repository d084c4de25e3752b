print("first runs as", __name__)
value = 5
