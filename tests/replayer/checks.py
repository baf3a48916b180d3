"""What is stated against what comes out."""


def equal(name, stated, computed):
    if stated != computed:
        raise ValueError(f"{name} is stated as {stated!r} and comes out as {computed!r}")


def equal_fields(body, computed):
    for name, value in computed.items():
        equal(name, body.get(name), value)
    for name in body:
        if name not in computed:
            raise ValueError(f"the field {name} follows from nothing")
