"""Documents out: Word files in the layout of Decree 30/2020/NĐ-CP, Appendix I."""

from nep.documents.domain.word import fields
from nep.documents.domain.word.dispatch import Dispatch, RuledTable, draft_dispatch
from nep.documents.domain.word.plan import PlanDraft, TargetRow, TaskRow, draft_plan

__all__ = [
    "Dispatch",
    "PlanDraft",
    "RuledTable",
    "TargetRow",
    "TaskRow",
    "draft_dispatch",
    "draft_plan",
    "fields",
]
