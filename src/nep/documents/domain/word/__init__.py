"""Documents out: Word files in the layout of Decree 30/2020/NĐ-CP, Appendix I."""

from nep.documents.domain.word import fields
from nep.documents.domain.word.plan import PlanDraft, TargetRow, TaskRow, draft_plan

__all__ = ["PlanDraft", "TargetRow", "TaskRow", "draft_plan", "fields"]
