"""One tree of anticipated errors; anything else is a bug and shows as such.

NepError
├── AccessDenied   the actor may not, with the reason
├── RuleError      a rule of the domain or of law forbids it as asked
├── Conflict       somebody else changed the thing meanwhile
└── Unavailable    something outside is not reachable now
"""


class NepError(Exception):
    """An anticipated refusal; `reason` is a Vietnamese sentence for the person who acted."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class AccessDenied(NepError):
    """The actor may not do this."""


class RuleError(NepError):
    """The act breaks a rule; the reason says which and what to do."""


class Conflict(NepError):
    """The thing has changed since the actor looked at it."""


class Unavailable(NepError):
    """Something outside Nếp does not answer."""
