"""The rules, named sets and models of a programme."""

from __future__ import annotations

from dataclasses import dataclass

from nep.movements.models import ConductRule, GoodModel, Programme, RuleSet
from nep.movements.queries.sources import source_urls
from nep.platform.ui.parts import Rule


@dataclass(frozen=True, slots=True)
class RulesTab:
    """Musts and must-nots by whom they bind, named sets, models."""

    groups: list[tuple[str, list[Rule], list[Rule]]]
    sets: list[RuleSet]
    models: list[GoodModel]

    @property
    def is_empty(self) -> bool:
        return not (self.groups or self.sets or self.models)


BINDS = {"everyone": "Mọi người", "leaders": "Người đứng đầu, lãnh đạo"}


def rules_tab(programme: Programme) -> RulesTab:
    """The rules of a programme with stable numbers: P1 for a must, K1 for a must-not."""
    rows = list(ConductRule.objects.filter(programme=programme))
    urls = source_urls(programme, [row.item_id for row in rows if row.item_id])
    groups: dict[str, tuple[list[Rule], list[Rule]]] = {}
    counts = {ConductRule.Kind.MUST: 0, ConductRule.Kind.MUST_NOT: 0}
    for row in rows:
        kind = ConductRule.Kind(row.kind)
        counts[kind] += 1
        code = f"{'P' if kind == ConductRule.Kind.MUST else 'K'}{counts[kind]}"
        must, must_not = groups.setdefault(BINDS.get(row.binds, row.binds), ([], []))
        shown = Rule(code, row.text, urls.get(row.item_id or 0, ""))
        (must if kind == ConductRule.Kind.MUST else must_not).append(shown)
    return RulesTab(
        [(whom, *rules) for whom, rules in groups.items()],
        list(RuleSet.objects.filter(programme=programme)),
        list(GoodModel.objects.filter(programme=programme)),
    )
