"""The gallery shows every component, and the frame's small acts work."""

import re
from pathlib import Path

import pytest
from django.test import Client

import nep.platform.ui
from nep.platform.ui.gallery import GALLERY, PAGE_TAGS
from nep.platform.ui.icons import icon_names
from nep.platform.ui.templatetags.nep import register

APP = Path(nep.platform.ui.__file__).parent
# Not tags of their own (check_names), or drawn by the page (shortcuts) and by other components (legend).
SHOWN_BY_OTHERS = ("check_names", "shortcuts", "legend")


def test_every_component_stands_in_one_entry() -> None:
    shown = [tag for entry in GALLERY for tag in entry.tags if tag != "check_names"]
    assert sorted([*shown, *PAGE_TAGS]) == sorted(register.tags)


def test_every_entry_shows_the_tags_it_names() -> None:
    unused = [
        (entry.title, tag)
        for entry in GALLERY
        for tag in entry.tags
        if tag not in SHOWN_BY_OTHERS
        and not re.search(rf"{{% {tag} ", (APP / "templates" / entry.template).read_text(encoding="utf-8"))
    ]
    assert unused == []


@pytest.mark.django_db
def test_gallery_opens_for_anybody(client: Client) -> None:
    page = client.get("/ui/")
    assert page.status_code == 200
    assert page.content.count(b'"nep-gallery-side"') == 2 * len(GALLERY)


@pytest.mark.django_db
def test_evidence_is_a_page_and_for_htmx_only_the_drawer(client: Client) -> None:
    page = client.get("/ui/evidence/").content.decode().strip()
    part = client.get("/ui/evidence/", headers={"HX-Request": "true"}).content.decode().strip()
    assert (page[:15], part[:6]) == ("<!doctype html>", "<aside")


@pytest.mark.django_db
def test_theme_is_kept_and_leads_back(client: Client) -> None:
    answer = client.post("/ui/theme/", {"theme": "dark", "next": "/ui/?q=1"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/ui/?q=1")
    assert 'data-theme="dark"' in client.get("/ui/").content.decode().split("<head>")[0]


@pytest.mark.django_db
def test_theme_does_not_lead_to_another_host(client: Client) -> None:
    answer = client.post("/ui/theme/", {"theme": "light", "next": "https://elsewhere.example/"})
    assert answer.headers["Location"] == "/"


@pytest.mark.django_db
def test_unknown_theme_is_refused(client: Client) -> None:
    assert client.post("/ui/theme/", {"theme": "pink"}).status_code == 400


def test_every_icon_named_in_templates_is_drawn() -> None:
    named = {
        name
        for path in APP.parents[1].rglob("templates/**/*.html")
        for name in re.findall(r'(?:icon name|icon_name)="([a-z-]+)"', path.read_text())
    }
    assert named - icon_names() == set()


def test_drawings_have_different_names() -> None:
    names = re.findall(r'<symbol id="([a-z-]+)"', (APP / "static" / "ui" / "icons.svg").read_text())
    assert sorted(names) == sorted(set(names))
