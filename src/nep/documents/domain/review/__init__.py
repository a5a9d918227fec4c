"""From what was read to a draft that an officer has looked through."""

from nep.documents.domain.review.draft import (
    CARRIES_OUT,
    Draft,
    DraftActor,
    DraftAim,
    DraftCitation,
    DraftHeader,
    DraftMilestone,
    DraftName,
    DraftRule,
    DraftRuleSet,
    DraftTarget,
    DraftTask,
)
from nep.documents.domain.review.values import draft_from

__all__ = [
    "CARRIES_OUT",
    "Draft",
    "DraftActor",
    "DraftAim",
    "DraftCitation",
    "DraftHeader",
    "DraftMilestone",
    "DraftName",
    "DraftRule",
    "DraftRuleSet",
    "DraftTarget",
    "DraftTask",
    "draft_from",
]
