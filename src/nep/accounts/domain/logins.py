"""Sign-in names made from names of people."""

from __future__ import annotations

from collections.abc import Collection
from itertools import count

from nep.kernel.vietnamese import fold

LONGEST = 60


def login_for(name: str, taken: Collection[str]) -> str:
    """A sign-in name that is free: the given name, a dot, the first letters of the other names.

    >>> login_for("Đặng Thị Hoài Thu", ())
    'thu.dth'
    >>> login_for("Đặng Thị Hoài Thu", {"thu.dth"})
    'thu.dth2'
    """
    words = fold(name).split() or ["nguoi"]
    initials = "".join(word[0] for word in words[:-1])
    wanted = (f"{words[-1]}.{initials}" if initials else words[-1])[:LONGEST]
    if wanted not in taken:
        return wanted
    return next(login for number in count(2) if (login := f"{wanted}{number}") not in taken)
