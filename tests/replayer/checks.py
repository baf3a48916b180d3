"""What is stated against what comes out."""


def equal(name, stated, computed):
    if stated != computed:
        raise ValueError(f"{name} is stated as {stated!r} and comes out as {computed!r}")


def equal_fields(body, computed):
    """Nothing more and nothing less; what comes out as None must not stand there."""
    for name, value in computed.items():
        equal(name, body.get(name), value)
    for name in body:
        if computed.get(name) is None:
            raise ValueError(f"the field {name} follows from nothing")
