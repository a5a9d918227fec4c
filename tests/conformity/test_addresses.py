"""Every address declares its policy."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from nep.accounts.roles import Permission


def addresses(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    """All addresses of the product, flattened."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from addresses(entry)
        else:
            yield entry


def test_every_address_declares_its_policy() -> None:
    """Fix: put @page(access=…) on the view."""
    assert [str(entry.pattern) for entry in addresses() if not hasattr(entry.callback, "policy")] == []


def test_every_public_address_says_why() -> None:
    """Fix: public("reason")."""
    public = [entry for entry in addresses() if entry.callback.policy.kind == "public"]
    assert [str(entry.pattern) for entry in public if len(entry.callback.policy.reason) < 15] == []


def test_a_get_that_writes_is_one_of_these_and_says_why() -> None:
    """Fix: make it a form; only another server that leads people back with a GET is a reason."""
    writing = {
        entry.name: entry.callback.writes_on_get
        for entry in addresses()
        if getattr(entry.callback, "writes_on_get", "")
    }
    assert set(writing) == {"provider_back"}
    assert [name for name, why in writing.items() if len(why) < 30] == []


def test_every_permission_asked_for_exists() -> None:
    """Fix: use a member of Permission."""
    asked = {
        entry.callback.policy.permission
        for entry in addresses()
        if entry.callback.policy.kind == "permission"
    }
    assert asked <= set(Permission)


def test_names_of_addresses_are_unique() -> None:
    """Fix: rename one of the two."""
    names = [entry.name for entry in addresses()]
    assert sorted(names) == sorted(set(names))
