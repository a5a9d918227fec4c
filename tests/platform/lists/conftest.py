"""What several tests of lists need."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nep.org import lists as declared
from nep.org.views import people as page
from nep.platform.lists import spec
from nep.platform.lists.spec import Column


@pytest.fixture
def with_days(monkeypatch: pytest.MonkeyPatch) -> None:
    """The list of people with a column of days, some of them empty."""
    days = Column("sinh", "Ngày", lambda person: person.born_on, order=("born_on",), kind="when", on=False)
    changed = replace(declared.PEOPLE, columns=(*declared.PEOPLE.columns, days))
    monkeypatch.setitem(spec._LISTS, changed.code, changed)
    monkeypatch.setattr(page, "PEOPLE", changed)
