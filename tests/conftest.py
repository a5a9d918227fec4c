"""What all tests share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import monotonic

import hypothesis
import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

from nep.kernel.holidays import VIETNAM
from nep.platform.calendar import reading
from tests.factories.kept import let_rows_come_back
from tests.factories.province import Province, small_province

GROWING = (
    "audit_event",
    "audit_seal",
    "audit_leaf",
    "audit_removal",
    "audit_removedevent",
    "documents_issueddocument",
    "documents_outsidenumbers",
)


# No test fails for being slow: a busy machine is not a fault of the code.
hypothesis.settings.register_profile("nep", deadline=None)
hypothesis.settings.load_profile("nep")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that take long come first, so that no process ends up waiting for the other one's last file."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: object) -> None:
    """Tests that commit are cleaned by TRUNCATE, which the trail forbids outside tests."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:  # type: ignore[attr-defined]  # pytest-django
        for table in GROWING:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_no_truncate")
        let_rows_come_back()


@pytest.fixture(autouse=True)
def _own_files(tmp_path: Path, settings: Settings) -> None:
    """Each test stores files in a folder of its own."""
    settings.NEP_FILES = tmp_path / "files"
    settings.NEP_SEALS = tmp_path / "seals"
    settings.NEP_SEAL_EXPORT = str(settings.NEP_SEALS)
    settings.NEP_SEAL_KEY = ""


@pytest.fixture(autouse=True)
def _static_files_by_their_own_names(tmp_path: Path, settings: Settings) -> None:
    """Tests read static files from the source; hashed names exist only after collectstatic."""
    settings.STATIC_ROOT = tmp_path
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}


@pytest.fixture(autouse=True)
def _letters_go_to_the_mailbox(settings: Settings) -> None:
    """Mail is set up in tests, and what is sent stays to be read, as in the demo."""
    settings.NEP_MAIL_SET_UP = settings.NEP_MAILBOX = True


@pytest.fixture(autouse=True)
def _calendar_of_the_country(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test starts with the shipped calendar, kept until it is changed: no test sees another's days."""
    monkeypatch.setattr(reading, "SECONDS", 3600.0)
    monkeypatch.setattr(reading, "_kept", [(monotonic(), VIETNAM)])


@pytest.fixture
def province(db: None) -> Province:
    """The small province, fresh."""
    return small_province()


@pytest.fixture
def signed_in(province: Province) -> Callable[[str], Client]:
    """A browser in which the account of this login has signed in."""

    def sign_in(login: str) -> Client:
        client = Client()
        client.force_login(province.users[login])
        return client

    return sign_in


@pytest.fixture
def run_jobs(db: None) -> Callable[[], None]:
    """Run the queued background tasks in this process, until none is left."""

    def run() -> None:
        from procrastinate.contrib.django import app  # noqa: PLC0415 -- slow import
        from procrastinate.contrib.django.models import ProcrastinateJob  # noqa: PLC0415 -- slow import

        while job := ProcrastinateJob.objects.filter(status="todo").order_by("id").first():
            task = app.tasks[job.task_name]
            with connection.cursor() as cursor:
                cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", [job.pk])
            task.func(**job.args)
            with connection.cursor() as cursor:
                cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded' WHERE id = %s", [job.pk])

    return run
