"""A province made by COPY is of the same shape as one made by the services."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import F, Q
from django.test import Client, override_settings
from django.urls import reverse

from nep.accounts.models import User
from nep.kernel.vietnamese import name_sort_key, sort_key
from nep.movements.domain.binding import binds
from nep.movements.domain.progress import task_standing
from nep.movements.models import AdoptedTask, Adoption, Evidence, Occurrence, Programme, Tally, Target
from nep.movements.queries.figures import figure_facts
from nep.movements.queries.overview import overview
from nep.movements.queries.places import places_of
from nep.movements.queries.tallies import (
    Counted,
    figure_sums,
    figures_waiting,
    plan_sums,
    task_sums,
)
from nep.movements.queries.targets import month_ends
from nep.movements.services.occurrences import mirror
from nep.movements.services.occurrences_daily import open_due_terms
from nep.org.access import Actor
from nep.org.models import Person, Posting, Unit, UnitClosure, UnitLink
from nep.org.services.people import register_person
from nep.platform.audit.models import Event
from nep.platform.audit.trail import digest_of
from nep.platform.clock import now
from nep.platform.search import search_text
from nep.sample.organisation import plan
from nep.sample.scale import FEWEST_UNITS, load
from nep.sample.scale.tree import Province

PEOPLE = 3 * FEWEST_UNITS
TODAY = date(2026, 11, 21)
DAYS = (date(2020, 6, 1), date(2025, 6, 30), date(2025, 7, 1), date(2026, 2, 28), date(2026, 3, 1), TODAY)


def guarded() -> Any:
    """Every constraint and index of the tables, in SQL."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE connamespace = 'public'::regnamespace AND contype <> 'n' ORDER BY 1, 2"
        )
        constraints = cursor.fetchall()
        cursor.execute("SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1")
        # Made again from its own words, a condition comes back with casts and brackets elsewhere.
        indexes = [(name, re.sub(r"::[a-z ]+(\[\])?|[()]", "", words)) for name, words in cursor.fetchall()]
        return constraints, indexes


@pytest.fixture(scope="module")
def db(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Any, Any]]:
    """In place of a transaction for each test one for all of them, in which the province is made once.

    Shapes: the constraints and indexes before it was made, and after.
    """
    files: Path = tmp_path_factory.mktemp("scale")
    with django_db_blocker.unblock(), override_settings(NEP_FILES=files), transaction.atomic():
        before = guarded()
        load(people=PEOPLE, units=FEWEST_UNITS)
        yield before, guarded()
        transaction.set_rollback(True)


def test_it_has_as_many_people_and_open_units_as_asked(db: Any) -> None:
    assert (Person.objects.count(), Unit.objects.open_on(TODAY).count()) == (PEOPLE, FEWEST_UNITS)


def test_constraints_and_indexes_stand_as_before(db: Any) -> None:
    before, after = db
    assert [set(was) ^ set(now_is) for was, now_is in zip(before, after, strict=True)] == [set(), set()]


@pytest.mark.parametrize("day", DAYS)
def test_the_closure_is_what_the_links_of_a_day_say(db: Any, day: date) -> None:
    parents = dict(UnitLink.objects.filter(during__contains=day).values_list("child_id", "parent_id"))
    expected = set()
    for unit in Unit.objects.open_on(day).values_list("pk", flat=True):
        above, depth = unit, 0
        while above is not None:
            expected.add((above, unit, depth))
            above, depth = parents.get(above), depth + 1
    rows = UnitClosure.objects.filter(during__contains=day)
    assert set(rows.values_list("ancestor_id", "descendant_id", "depth")) == expected


def test_mergers_name_those_before_and_those_after(db: Any) -> None:
    closed = Unit.objects.filter(during__endswith=date(2025, 7, 1))
    successors = Counter(
        part.change.parts.get(role="successor").unit.code
        for unit in closed
        for part in unit.change_parts.filter(role="predecessor")
    )
    assert successors == dict.fromkeys(
        Unit.objects.filter(change_parts__role="successor").values_list("code", flat=True), 2
    )
    assert closed.count() == 2 * len(successors)


def test_search_and_order_are_those_of_the_services(db: Any) -> None:
    assert [
        person.staff_code
        for person in Person.objects.all()
        if (person.search, person.sort_key)
        != (search_text(person.name, person.staff_code), name_sort_key(person.name))
    ] == []
    assert [
        unit.code
        for unit in Unit.objects.all()
        if (unit.search, unit.sort_key)
        != (search_text(unit.name, unit.short_name, unit.code), sort_key(unit.name))
    ] == []


def test_numbering_goes_on_after_the_rows_that_were_copied(db: Any) -> None:
    last = Person.objects.latest("pk").pk
    with transaction.atomic():
        added = register_person("NEW-1", "Đỗ Thị Mới", actor=None, at=now())
        assert added.pk == last + 1
        transaction.set_rollback(True)


def test_members_of_unions_work_in_the_agency_or_its_divisions(db: Any) -> None:
    posted = Posting.objects.filter(kind="member", during__contains=TODAY).select_related("unit")
    strangers = []
    for posting in posted:
        main = Posting.objects.get(person=posting.person_id, kind="main", during__contains=TODAY)
        if posting.unit.host_id not in {main.unit_id, main.unit.parent_links.latest("pk").parent_id}:
            strangers.append(posting.pk)
    assert strangers == []


def test_every_event_has_the_digest_of_its_content(db: Any) -> None:
    assert [event.pk for event in Event.objects.all() if event.digest != digest_of(event)] == []


def test_every_piece_of_evidence_was_told(db: Any) -> None:
    told = Counter(
        Event.objects.filter(kind__startswith="movements.evidence_").values_list("kind", flat=True)
    )
    told["movements.evidence_sent"] += Event.objects.filter(kind="movements.nothing_sent").count()
    stands = Counter(Evidence.objects.values_list("state", flat=True))
    assert told == {
        "movements.evidence_sent": stands.total(),
        "movements.evidence_accepted": stands["accepted"],
        "movements.evidence_returned": stands["returned"],
    }


def test_levels_of_plans_are_depths_of_the_tree(db: Any) -> None:
    for programme in Programme.objects.all():
        depths: dict[int, int] = {}
        for scope in programme.scopes.all():
            below = UnitClosure.objects.filter(ancestor=scope.root_id, depth__gte=1)
            rows = below.filter(during__contains=programme.launched_on)
            depths |= dict(rows.values_list("descendant_id", "depth"))
        levels = dict(Adoption.objects.filter(programme=programme).values_list("unit_id", "level"))
        assert levels == {unit: depths[unit] for unit in levels}


def test_tasks_of_plans_are_those_that_bind_the_unit(db: Any) -> None:
    for programme in Programme.objects.all():
        tasks = list(programme.tasks.prefetch_related("actors"))
        opened = Adoption.objects.filter(programme=programme).exclude(state="expected")
        places = places_of(
            [row.unit for row in opened.select_related("unit")], programme.launched_on or TODAY
        )
        for row in opened:
            place = places[row.unit_id]
            bound = {task.pk for task in tasks if binds(task.actors.all(), place.unit, place.above)}
            assert set(row.tasks.values_list("task_id", flat=True)) == bound


def test_terms_are_those_that_the_services_open_and_tasks_mirror_them(db: Any) -> None:
    shown = ("pk", "state", "due_on", "terms_accepted")
    issued = AdoptedTask.objects.filter(adoption__state="issued").order_by("pk")
    before = list(issued.values_list(*shown))
    with transaction.atomic():
        assert open_due_terms(on=date(2026, 11, 18), at=now()) == 0
        mirror(list(issued.values_list("pk", flat=True)))
        assert list(issued.values_list(*shown)) == before
        transaction.set_rollback(True)
    assert Occurrence.objects.filter(task__isnull=False).values("task").distinct().count() == len(before)


def test_evidence_answers_a_term_that_stands_as_it_was_decided(db: Any) -> None:
    assert Evidence.objects.filter(occurrence=None).count() == 0
    told = set(Evidence.objects.order_by().values_list("occurrence__state", "state").distinct())
    again = {("accepted", "sent"), ("accepted", "returned")}  # figures that would bring a term up to date
    assert told - again == {(state, state) for state in ("sent", "returned", "accepted")}
    assert not Evidence.objects.filter(task__isnull=False).exclude(occurrence__state=F("state")).exists()
    late = Occurrence.objects.filter(state="accepted", sent_on=None).count()
    assert (late, Occurrence.objects.filter(state="returned", sent_on__isnull=False).count()) == (0, 0)


def test_the_tally_is_what_a_recount_gives(db: Any) -> None:
    points = [*month_ends(TODAY), now()]
    for programme in Programme.objects.all():
        rows = Adoption.objects.filter(programme=programme)
        kept, counted = Counted(programme, rows, whole=True), Counted(programme, rows, whole=False)
        assert plan_sums(kept) == plan_sums(counted)
        assert task_sums(kept) == task_sums(counted)
        assert figures_waiting(kept) == figures_waiting(counted)
        assert figure_sums(kept, points) == figure_sums(counted, points)
    assert not Tally.objects.filter(folded=False).exists()


@pytest.mark.parametrize("login", ["phongtrao", "chutich.haininh", "hieutruong.haininh", "congdoan"])
def test_figures_equal_a_recount_and_their_drawers(db: Any, login: str) -> None:
    programme = Programme.objects.earliest("pk")
    actor = Actor(User.objects.get(login=login), TODAY)
    seen = overview(programme, actor=actor, today=TODAY, now=now())
    below = Unit.objects.below([grant.unit_id for grant in actor.grants], TODAY)
    own = Unit.objects.filter(Q(pk__in=below) | Q(pk__in=actor.posted_unit_ids))
    if login == "phongtrao":
        own = Unit.objects.all()
    rows = AdoptedTask.objects.filter(
        adoption__programme=programme, adoption__state="issued", adoption__unit__in=own
    )
    recount = Counter(task_standing(row.state, row.due_on, TODAY) for row in rows)
    assert Counter(seen.tasks) == recount
    for kind, count in seen.tasks.items():
        facts = figure_facts(programme, f"tasks-{kind}", actor=actor, today=TODAY, now=now())
        assert facts is not None
        assert (facts.value.replace(".", ""), facts.records_total) == (str(count), count)
        assert len(facts.records) == min(count, 20)
    for row in seen.targets:
        facts = figure_facts(programme, row.key, actor=actor, today=TODAY, now=now())
        assert facts is not None
        assert facts.value == row.value
        assert row.told.numerator == _recounted(row.target, own)


def _recounted(target: Target, units: Any) -> Any:
    """The last accepted numerators of these units, added up one by one."""
    last: dict[int, Any] = {}
    rows = Evidence.objects.filter(target=target, state="accepted", adoption__unit__in=units)
    for row in rows.order_by("decided_at", "pk"):
        last[row.adoption_id] = row.numerator
    known = [value for value in last.values() if value is not None]
    return sum(known) if known else None


def pages() -> list[str]:
    programme = Programme.objects.earliest("pk")
    target = Target.objects.filter(programme=programme).earliest("pk")
    tabs = ("programme", "programme_tasks", "programme_units", "programme_rules", "programme_document")
    return [
        *(reverse(name) for name in ("today", "programmes", "documents", "units", "evidence_waiting")),
        *(reverse(name, args=[programme.pk]) for name in (*tabs, "programme_timeline")),
        *(
            reverse("programme_figure", args=[programme.pk, key])
            for key in (f"target-{target.pk}", "tasks-late", "units")
        ),
    ]


@pytest.mark.parametrize("login", [entry["login"] for entry in plan()["sign_ins"]])
def test_every_page_opens_for_every_sample_account(db: Any, login: str) -> None:
    client = Client()
    client.force_login(User.objects.get(login=login))
    closed = {403} if login == "quantri" else set()
    assert {client.get(path).status_code for path in pages()} - closed == {200}


def test_the_same_units_are_grown_at_every_run() -> None:
    first, second = Province(plan(), 1_000), Province(plan(), 1_000)
    first.grow()
    second.grow()
    assert [(place.code, place.name) for place in first.places] == [
        (place.code, place.name) for place in second.places
    ]
    assert len({place.code for place in first.places}) == len(first.places)
    assert first.open_units == 1_000


def test_a_province_that_is_too_small_is_refused() -> None:
    with pytest.raises(ValueError, match="a province has 170 units or more"):
        load(people=PEOPLE, units=FEWEST_UNITS - 1)
