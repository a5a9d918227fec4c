"""Rows of movements."""

from nep.movements.models.adoptions import AdoptedTask, Adoption
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
from nep.movements.models.tallies import Tally

__all__ = [
    "AdoptedTask",
    "Adoption",
    "Aim",
    "ConductRule",
    "Evidence",
    "EvidenceFile",
    "GoodModel",
    "LineOfWork",
    "Milestone",
    "Occurrence",
    "Programme",
    "ProgrammeParent",
    "ProgrammeScope",
    "ProgrammeStep",
    "RuleSet",
    "Tally",
    "Target",
    "Task",
    "TaskActor",
]
