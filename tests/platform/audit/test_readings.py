"""Reading sensitive data leaves an event: once for each person, thing and hour."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from nep.org import events
from nep.org.events import PERSON_READ
from nep.platform.access import page, signed_in
from nep.platform.audit.models import Event, ReadingMark
from nep.platform.audit.readings import forget_old_marks, note_reading, record_reading
from nep.platform.audit.trail import timeline
from tests.factories.province import AT, Province

pytestmark = pytest.mark.django_db


def readings() -> list[tuple[str, str]]:
    rows = Event.objects.filter(keep="reading").order_by("pk")
    return list(rows.values_list("kind", "actor_name"))


def test_the_page_of_somebody_else(province: Province, signed_in: Callable[[str], Client]) -> None:
    client, person = signed_in("xa1-focal"), province.person("xa1-staff")
    for _ in range(3):
        assert client.get(reverse("person", args=[person.pk])).status_code == 200
    assert readings() == [("org.person_read", "Ma Thị Nguyệt")]
    event = Event.objects.get(keep="reading")
    assert (event.about, event.unit_id) == ([f"org.person:{person.pk}"], province.units["XA1"].pk)
    assert "org.person_read" not in {
        kind for (kind,) in Event.objects.filter(keep="business").values_list("kind")
    }
    assert [entry.sentence for entry in timeline(person) if "xem trang" in entry.sentence] == []


def test_ones_own_page_is_no_event(province: Province, signed_in: Callable[[str], Client]) -> None:
    person = province.person("xa1-focal")
    assert signed_in("xa1-focal").get(reverse("person", args=[person.pk])).status_code == 200
    assert readings() == []


def test_a_page_out_of_sight_is_not_read(province: Province, signed_in: Callable[[str], Client]) -> None:
    person = province.person("snv-staff")
    assert signed_in("xa1-focal").get(reverse("person", args=[person.pk])).status_code == 404
    assert readings() == []


def test_the_next_hour_counts_again(province: Province) -> None:
    actor, person = province.actor("xa1-focal"), province.person("xa1-staff")
    told = [
        record_reading(
            PERSON_READ, actor=actor, about=[person], at=AT + timedelta(minutes=minutes), person="x"
        )
        for minutes in (0, 30, 59, 60, 61)
    ]
    assert told == [True, False, False, True, False]
    forget_old_marks(at=AT + timedelta(days=1, hours=1))
    assert ReadingMark.objects.count() == 1
    assert len(readings()) == 2


def test_a_page_reads_only_what_it_declares(province: Province) -> None:
    @page(access=signed_in(), reads=(events.PERSON_READ,))
    def view(request: HttpRequest) -> HttpResponse:
        note_reading(request, events.UNIT_OPENED, about=[province.units["XA1"]], unit="x", day="x")
        return HttpResponse()

    request = RequestFactory().get("/")
    request.user = province.users["xa1-focal"]
    request.actor = province.actor("xa1-focal")  # type: ignore[attr-defined]
    with pytest.raises(RuntimeError, match=r"org\.unit_opened"):
        view(request)
