"""Rows of indicators."""

from nep.indicators.models.figures import Figure, LockedSum, RollUp
from nep.indicators.models.imports import FigureImport
from nep.indicators.models.registry import Asking, Indicator

__all__ = ["Asking", "Figure", "FigureImport", "Indicator", "LockedSum", "RollUp"]
