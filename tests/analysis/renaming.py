"""The same thing under other names, for laws that hold whatever things are called."""

from collections.abc import Callable


def renamed(value: object, name: Callable[[str], str]) -> object:
    """Give a copy of rows, answers or whatever holds them, with `name` applied to every text in it."""
    if isinstance(value, str):
        return name(value)
    if isinstance(value, dict):
        return {renamed(key, name): renamed(below, name) for key, below in value.items()}
    if isinstance(value, list | tuple):
        return type(value)([renamed(one, name) for one in value])
    if hasattr(value, "__dataclass_fields__"):
        return type(value)(**{field: renamed(getattr(value, field), name) for field in value.__dataclass_fields__})
    return value
