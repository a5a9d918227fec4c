"""Digests of events and heads, without a database."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nep.platform.audit.domain.chain import NO_HEAD, Head, Leaves, digest, instant, leaf, settled
from nep.platform.audit.domain.findings import spans
from nep.platform.audit.domain.heads import head_of, read_heads
from nep.platform.audit.domain.keys import (
    by_name,
    key_name,
    new_key,
    private_key,
    public_key,
    sign,
    signed_by,
)

HEAD = Head(1, NO_HEAD, Leaves(["a"]).digest, 1, 5, 5, 0, 900, 77, "2026-03-02T00:00:00+00:00", "k")
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15), 10**15) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(PLAIN)
def test_the_order_of_names_does_not_matter(value: object) -> None:
    assert digest(json.loads(json.dumps(value))) == digest(value)


def test_whole_numbers_are_whole_however_they_were_written() -> None:
    assert settled({"a": [1.0, 1e16, 1.5]}) == {"a": [1, 10**16, 1.5]}
    assert digest(settled({"a": 1e16})) == digest({"a": 10**16})


def test_an_instant_is_the_same_in_every_zone() -> None:
    at = datetime(2026, 3, 2, 7, tzinfo=timezone(timedelta(hours=7)))
    assert instant(at) == instant(datetime(2026, 3, 2, tzinfo=UTC)) == "2026-03-02T00:00:00+00:00"


def test_a_leaf_binds_the_number() -> None:
    assert leaf(1, "d") != leaf(2, "d")


@pytest.mark.parametrize("field", ["number", "rows", "watermark", "cluster", "previous", "at", "key"])
def test_every_field_of_a_head_is_digested(field: str) -> None:
    value = getattr(HEAD, field)
    changed = replace(HEAD, **{field: value + 1 if isinstance(value, int) else value + "x"})
    assert changed.own_digest() != HEAD.own_digest()


def test_a_head_comes_back_from_its_line() -> None:
    assert head_of(HEAD.line()) == HEAD


@pytest.mark.parametrize(
    "line", ["", "{", "[]", "null", '{"number": 1}', HEAD.line().replace('"rows":1', '"rows":"1"')]
)
def test_what_is_no_head_is_none(line: str) -> None:
    assert head_of(line) is None


def test_signatures() -> None:
    key, other = new_key(), new_key()
    signature = sign(key, "d")
    assert signed_by(key.public_key(), "d", signature)
    assert not signed_by(key.public_key(), "e", signature)
    assert not signed_by(other.public_key(), "d", signature)
    assert not signed_by(key.public_key(), "d", "no hexadecimal")
    for read in (private_key, public_key):
        with pytest.raises(ValueError, match=r"."):
            read(b"no key")


def test_exported_heads_count_when_a_trusted_key_signed_them() -> None:
    key, other = new_key(), new_key()
    heads = []
    for one in (key, other):
        named = replace(HEAD, key=key_name(one.public_key()))
        heads.append(replace(named, digest=named.own_digest(), signature=sign(one, named.own_digest())))
    exported = read_heads([*(head.line() for head in heads), "cut sho"], by_name([key.public_key()]))
    assert (dict(exported.digests), exported.untrusted, exported.unreadable) == (
        {1: frozenset({heads[0].digest})},
        1,
        1,
    )


def test_spans() -> None:
    assert list(spans([1, 2, 3, 7, 9, 10])) == [(1, 3), (7, 7), (9, 10)]
    assert list(spans([])) == []
