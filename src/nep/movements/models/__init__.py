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
from nep.movements.models.occurrences import Occurrence
from nep.movements.models.programmes import Programme, ProgrammeParent, ProgrammeScope, ProgrammeStep
from nep.movements.models.reviews import GoodExample, Lesson, Narrative, Review
from nep.movements.models.tallies import Tally
from nep.movements.models.templates_of import ProgrammeTemplate

__all__ = [
    "AdoptedTask",
    "Adoption",
    "Aim",
    "Amendment",
    "ConductRule",
    "Evidence",
    "EvidenceFile",
    "GoodExample",
    "GoodModel",
    "Lesson",
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
    "Review",
    "RuleSet",
    "Tally",
    "Target",
    "Task",
    "TaskActor",
]
