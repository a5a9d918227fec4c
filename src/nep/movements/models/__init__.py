"""Rows of movements."""

from nep.movements.models.adoptions import AdoptedTask, Adoption
from nep.movements.models.amendments import Amendment, Proposal
from nep.movements.models.content import (
    Aim,
    ConductRule,
    GoodModel,
    LineOfWork,
    Milestone,
    RuleSet,
    Target,
    Task,
    TaskActor,
)
from nep.movements.models.evidence import Evidence, EvidenceFile
from nep.movements.models.exceptions import Reopening, SpecialDate
from nep.movements.models.following import FollowedChange
from nep.movements.models.letters import Letter, LetterAct, LetterTerm
from nep.movements.models.marks import TermMark
from nep.movements.models.occurrences import Occurrence
from nep.movements.models.programmes import Programme, ProgrammeParent, ProgrammeScope, ProgrammeStep
from nep.movements.models.reviews import GoodExample, Lesson, Narrative, Review
from nep.movements.models.tallies import Tally
from nep.movements.models.templates_of import ProgrammeTemplate
from nep.movements.models.urging import UrgingPolicy

__all__ = [
    "AdoptedTask",
    "Adoption",
    "Aim",
    "Amendment",
    "ConductRule",
    "Evidence",
    "EvidenceFile",
    "FollowedChange",
    "GoodExample",
    "GoodModel",
    "Lesson",
    "Letter",
    "LetterAct",
    "LetterTerm",
    "LineOfWork",
    "Milestone",
    "Narrative",
    "Occurrence",
    "Programme",
    "ProgrammeParent",
    "ProgrammeScope",
    "ProgrammeStep",
    "ProgrammeTemplate",
    "Proposal",
    "Reopening",
    "Review",
    "RuleSet",
    "SpecialDate",
    "Tally",
    "Target",
    "Task",
    "TaskActor",
    "TermMark",
    "UrgingPolicy",
]
