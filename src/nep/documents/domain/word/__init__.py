"""Documents out: Word files in the layout of Decree 30/2020/NĐ-CP, Appendix I."""

from nep.documents.domain.word import fields
from nep.documents.domain.word.dispatch import Dispatch, RuledTable, draft_dispatch
from nep.documents.domain.word.plan import PlanDraft, TargetRow, TaskRow, draft_plan
from nep.documents.domain.word.report import PartOfUnit, ReachedRow, ReportDraft, draft_report

__all__ = [
    "Dispatch",
    "PartOfUnit",
    "PlanDraft",
    "ReachedRow",
    "ReportDraft",
    "RuledTable",
    "TargetRow",
    "TaskRow",
    "draft_dispatch",
    "draft_plan",
    "draft_report",
    "fields",
]
