"""The mark never passes a number whose taker may still commit, in whatever order writers come and go."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nep.platform.audit.domain.watermark import Look, Mark, advanced

STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("begin"), st.just(0)),
        st.tuples(st.just("take"), st.integers(0, 9)),
        st.tuples(st.just("commit"), st.integers(0, 9)),
        st.tuples(st.just("undo"), st.integers(0, 9)),
        st.tuples(st.just("seal"), st.integers(1, 4)),
        st.tuples(st.just("move"), st.just(0)),
    ),
    max_size=80,
)


@dataclass
class Server:
    """Transaction ids and numbers as PostgreSQL gives them out, and a sealer."""

    cluster: int = 1
    next_transaction: int = 100
    next_number: int = 1
    running: dict[int, list[int]] = field(default_factory=dict)
    committed: set[int] = field(default_factory=set)
    sealed: set[int] = field(default_factory=set)
    marks: list[Mark] = field(default_factory=list)
    watermark: int = 0

    def draw(self) -> int:
        self.next_transaction += 1
        return self.next_transaction - 1

    def step(self, name: str, choice: int) -> None:
        open_ones = sorted(self.running)
        chosen = open_ones[choice % len(open_ones)] if open_ones else None
        if name == "begin":
            self.running[self.draw()] = []
        elif name == "take" and chosen is not None:
            self.running[chosen].append(self.next_number)
            self.next_number += 1
        elif name == "commit" and chosen is not None:
            for number in self.running.pop(chosen):
                assert number > self.watermark  # or nobody would ever look at it again
                self.committed.add(number)
        elif name == "undo" and chosen is not None:
            del self.running[chosen]
        elif name == "seal":
            self.seal(choice)
        elif name == "move":  # dumped and restored elsewhere, where ids start again
            self.cluster, self.next_transaction, self.running = self.cluster + 1, 1, {}

    def seal(self, batch: int) -> None:
        oldest = min(self.running, default=self.next_transaction)
        rows = sorted(one for one in self.committed - self.sealed if one > self.watermark)[:batch]
        if not rows:
            return
        drawn = self.draw()
        look = Look(oldest, self.cluster, rows[-1] if len(rows) == batch else None)
        self.watermark = advanced(self.watermark, self.marks, look)
        self.sealed |= set(rows)
        self.marks.append(Mark(rows[-1], drawn, self.cluster))
        assert {one for one in self.committed if one <= self.watermark} <= self.sealed


@given(STEPS)
def test_nothing_is_left_behind_the_mark(steps: list[tuple[str, int]]) -> None:
    server = Server()
    for name, choice in steps:
        server.step(name, choice)
    server.running.clear()
    while server.committed - server.sealed:
        server.seal(3)
    assert server.sealed == server.committed


def test_the_mark_follows_when_writers_have_ended() -> None:
    server = Server()
    for _ in range(3):
        for name in ("begin", "take", "commit", "seal"):
            server.step(name, 4)
    assert (server.watermark, sorted(server.sealed)) == (2, [1, 2, 3])


@pytest.mark.parametrize(("cluster", "expected"), [(1, 0), (2, 7)])
def test_ids_count_within_one_server_only(cluster: int, expected: int) -> None:
    marks = [Mark(7, transaction=1_000_000, cluster=1)]
    assert advanced(0, marks, Look(oldest=50, cluster=cluster, reached=None)) == expected
