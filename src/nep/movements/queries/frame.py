"""What stands around every page of a programme: its place, state, tabs, and the steps that can be taken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from nep.accounts.roles import Permission
from nep.kernel.decisions import Decision
from nep.kernel.states import Transition
from nep.movements import access
from nep.movements.domain import states
from nep.movements.models import Adoption, ConductRule, GoodModel, Programme, RuleSet, Task
from nep.movements.queries.counted import counted_in
from nep.movements.queries.tallies import plan_sums
from nep.org.access import Actor
from nep.platform.ui.parts import Crumb, Step, Tab

STATE_LOOKS = {
    states.DRAFT: ("quiet", "pencil"),
    states.SUBMITTED: ("warn", "clock"),
    states.LAUNCHED: ("good", "play-circle"),
    states.INTERIM_REVIEW: ("warn", "clock"),
    states.FINAL_REVIEW: ("warn", "clock"),
    states.CLOSED: ("quiet", "lock"),
}
MOST_PLANS = 2
AFTER_LAUNCH = frozenset({"units", "amendments", "reviews"})
DATED = frozenset({"programme", "programme_units"})  # tabs that answer for any past day
TABS = (
    ("overview", "Tổng quan", "programme"),
    ("tasks", "Nhiệm vụ", "programme_tasks"),
    ("units", "Đơn vị", "programme_units"),
    ("rules", "Quy tắc, mô hình", "programme_rules"),
    ("amendments", "Sửa đổi", "programme_amendments"),
    ("reviews", "Sơ kết, tổng kết", "programme_reviews"),
    ("documents", "Văn bản", "programme_document"),
    ("timeline", "Diễn biến", "programme_timeline"),
)


@dataclass(frozen=True, slots=True)
class StepAct:
    """A step that leaves the programme's state, and whether this actor may take it."""

    step: Transition
    url: str
    decision: Decision

    @property
    def kind(self) -> str:
        """How its button looks: a step back is destructive, the others are plain beside the main act."""
        return "destructive" if self.step.destructive else "plain"

    @property
    def lock(self) -> str:
        """The id of the reason beside a locked button."""
        return f"why-{self.step.name}"

    @property
    def refused(self) -> str:
        return f"Chưa {self.step.label.lower().removesuffix(' kèm lý do')} được."


@dataclass(frozen=True, slots=True)
class OwnPlan:
    """The plan of a unit for which the reader acts, or where they work, as the way to it is called."""

    label: str
    url: str
    is_due: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame of a programme's pages; `acts` is empty for who only carries the programme out."""

    programme: Programme
    crumbs: list[Crumb]
    tabs: list[Tab]
    state_kind: str
    state_icon: str
    state_word: str
    acts: list[StepAct]
    editing: Decision
    follows: bool
    own_plans: list[OwnPlan]

    @property
    def period(self) -> str:
        """The years, or the days within one year."""
        return period_words(self.programme)

    @property
    def main_act(self) -> StepAct | None:
        """The step onwards that this actor may take, if there is one."""
        return next((act for act in self.acts if act.decision and not act.step.destructive), None)

    @property
    def page_title(self) -> str:
        """What the browser calls the page: the tab first, so that tabs of one programme differ."""
        tab = next((tab.label for tab in self.tabs[1:] if tab.current), "")
        return f"{tab}: {self.programme.title}" if tab else self.programme.title

    @property
    def is_quiet(self) -> bool:
        """Not launched yet."""
        return self.programme.state in access.PREPARED_IN_QUIET

    @property
    def steps(self) -> list[Step]:
        """The life of a programme in words."""
        return [Step(states.STATE_LABELS[state]) for state in states.PROGRAMME.states]

    @property
    def current_step(self) -> int:
        return states.PROGRAMME.states.index(self.programme.state) + 1


def programme_frame(programme: Programme, actor: Actor, current: str, day: date | None = None) -> Frame:
    """The frame for one tab: overview, tasks, units, rules, amendments …; empty for other pages.

    `day`: the past day at which the page looks; tabs that answer for it keep it.
    """
    kind, icon = STATE_LOOKS[programme.state]
    follows = access.sees_whole_of(actor, programme)
    return Frame(
        programme=programme,
        crumbs=_crumbs(programme, current),
        tabs=_tabs(programme, actor, current, day),
        state_kind=kind,
        state_icon=icon,
        state_word=states.STATE_LABELS[programme.state],
        acts=step_acts(programme, actor) if follows else [],
        editing=access.may_edit(actor, programme),
        follows=follows,
        own_plans=_own_plans(programme, actor),
    )


def step_acts(programme: Programme, actor: Actor) -> list[StepAct]:
    """The steps that leave the programme's state, each with the decision."""
    return [
        StepAct(
            step,
            reverse("programme_step", args=[programme.pk, step.name]),
            access.may_take_step(actor, programme, step),
        )
        for step in states.PROGRAMME.leaving(programme.state)
    ]


def period_words(programme: Programme) -> str:
    """ "2026–2030", "2026", or the two days where the years are not whole."""
    first, last = programme.starts_on, programme.ends_on
    whole = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
    if whole:
        return f"{first.year}–{last.year}" if first.year != last.year else str(first.year)
    return f"{first:%d/%m/%Y} – {last:%d/%m/%Y}"


def _own_plans(programme: Programme, actor: Actor) -> list[OwnPlan]:
    """At most two, the one of the own unit first."""
    preparing = (Permission.ISSUE_ADOPTIONS, Permission.PREPARE_ADOPTIONS)
    acting = {unit for permission in preparing for unit in actor.unit_ids_at(permission)}
    rows = Adoption.objects.filter(programme=programme, unit__in=acting | set(actor.posted_unit_ids))
    home = actor.home_unit.pk if actor.home_unit else None
    found = sorted(rows.select_related("unit").order_by("level", "pk"), key=lambda row: row.unit_id != home)
    running = programme.state in states.RUNNING
    return [
        OwnPlan(
            f"Kế hoạch của {row.unit.short_name}",
            reverse("adoption", args=[row.pk]),
            running and row.state != states.ISSUED and row.unit_id in acting,
        )
        for row in found[:MOST_PLANS]
    ]


def _crumbs(programme: Programme, current: str) -> list[Crumb]:
    """The last one leads back to the programme from pages that are none of its tabs."""
    back = "" if current else reverse("programme", args=[programme.pk])
    return [Crumb("Phong trào", reverse("programmes")), Crumb(programme.code, back)]


def _tabs(programme: Programme, actor: Actor, current: str, day: date | None) -> list[Tab]:
    kinds = (ConductRule, RuleSet, GoodModel)
    rules = sum(model.objects.filter(programme=programme).count() for model in kinds)
    numbers = {
        "tasks": Task.objects.filter(programme=programme).count(),
        "units": sum(sum(told.values()) for told in plan_sums(counted_in(actor, programme)).values()),
        "rules": rules,
    }
    quiet = programme.state in access.PREPARED_IN_QUIET
    return [
        Tab(label, _address(name, programme, day), current=key == current, count=numbers.get(key))
        for key, label, name in TABS
        if not (quiet and key in AFTER_LAUNCH)
    ]


def _address(name: str, programme: Programme, day: date | None) -> str:
    kept = f"?ngay={day}" if day and name in DATED else ""
    return f"{reverse(name, args=[programme.pk])}{kept}"
