"""Settings of the instance that runs a program."""


def settings(random):
    heap = {"heap": random.choice([2 << 20] * 6 + [64 << 10, 256 << 10, 8 << 20])}
    stress = random.choices([{}, {"collect": random.choice([1, 3, 17, 100])}, {"fail": random.randint(1, 3000)}], [6, 2, 2])[0]
    return {**heap, **stress}
