"""What a server's environment must not be able to switch on."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from nep.accounts.models import User
from nep.config.cli.database import django_environment
from nep.config.datafolder import DataFolder


def asked(expression: str, tmp_path: Path, **environment: str) -> str:
    """What the settings say in a process with this environment; the last line of the error if they refuse."""
    code = f"from django.conf import settings; print({expression})"
    given = {"DJANGO_SETTINGS_MODULE": "nep.config.settings", "NEP_DATA": str(tmp_path / "data")}
    paths = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-P", "-c", code],
        env=paths | given | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return (done.stdout or done.stderr).strip().splitlines()[-1]


def test_error_pages_with_data_are_for_the_demo_alone(tmp_path: Path) -> None:
    server = {"NEP_SECRET_KEY": "x" * 50, "NEP_DEBUG": "1"}
    assert asked("settings.DEBUG", tmp_path, **server) == "False"
    assert asked("settings.DEBUG", tmp_path, **server, NEP_DEMO="1") == "True"


def test_a_server_must_be_given_its_key(tmp_path: Path) -> None:
    assert asked("settings.SECRET_KEY", tmp_path).endswith(
        "Thiếu biến môi trường NEP_SECRET_KEY; xem docs/operations.md."
    )


def test_each_demo_has_a_key_of_its_own(tmp_path: Path) -> None:
    key = asked("settings.SECRET_KEY", tmp_path, NEP_DEMO="1")
    assert key == (tmp_path / "data" / "secret-key").read_text()
    assert len(key) > 50
    assert (tmp_path / "data" / "secret-key").stat().st_mode & 0o077 == 0


def test_only_this_machine_is_answered_unless_told_otherwise(tmp_path: Path) -> None:
    hosts = asked("settings.ALLOWED_HOSTS", tmp_path, NEP_DEMO="1")
    assert hosts == "['localhost', '127.0.0.1', '[::1]']"


SERVER = {"NEP_SECRET_KEY": "x" * 50}


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"NEP_MAIL_URL": "http://mail.example"}, "NEP_MAIL_URL phải có dạng"),
        ({"NEP_MAIL_URL": "smtp://mail.example"}, "phải có NEP_MAIL_FROM"),
        ({"NEP_SMTP_TLS": "maybe"}, "NEP_SMTP_TLS là starttls, tls hoặc none"),
        ({"NEP_REQUIRE_SECOND_FACTOR": "head,boss"}, "không có vai trò boss"),
        ({"NEP_IDLE_MINUTES": "một giờ"}, "NEP_IDLE_MINUTES phải là một số"),
        ({"NEP_OIDC_ISSUER": "https://id.example"}, "phải có NEP_OIDC_CLIENT_ID"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_a_sentence(
    tmp_path: Path, environment: dict[str, str], words: str
) -> None:
    assert words in asked("settings.EMAIL_HOST", tmp_path, **SERVER, **environment)


@pytest.mark.parametrize(
    ("environment", "means"),
    [
        ({}, "('', 587, True, False, False)"),
        (
            {"NEP_MAIL_URL": "smtp://a%40b:p%3A@mail.example", "NEP_MAIL_FROM": "nep@x.vn"},
            "('mail.example', 587, True, False, True)",
        ),
        (
            {"NEP_MAIL_URL": "smtps://mail.example", "NEP_MAIL_FROM": "nep@x.vn"},
            "('mail.example', 465, False, True, True)",
        ),
        (
            {
                "NEP_SMTP_HOST": "mail",
                "NEP_SMTP_PORT": "25",
                "NEP_SMTP_TLS": "none",
                "NEP_MAIL_FROM": "n@x.vn",
            },
            "('mail', 25, False, False, True)",
        ),
    ],
)
def test_mail_leaves_as_the_operator_says(tmp_path: Path, environment: dict[str, str], means: str) -> None:
    told = (
        "(settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS,"
        " settings.EMAIL_USE_SSL, settings.NEP_MAIL_SET_UP)"
    )
    assert asked(told, tmp_path, **SERVER, **environment) == means


def test_a_database_that_is_no_demo_is_not_made_one_by_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEP_DEMO", "1")
    data = DataFolder(tmp_path)
    assert django_environment(data, "postgresql:///x", demo=False)["NEP_DEMO"] == ""
    assert django_environment(data, "postgresql:///x", demo=True)["NEP_DEMO"] == "1"


@pytest.mark.django_db
@pytest.mark.parametrize("options", [{}, {"sign_ins": True}])
def test_people_with_a_known_password_are_made_in_the_demo_alone(
    settings: Settings, options: dict[str, bool]
) -> None:
    settings.NEP_DEMO = False
    with pytest.raises(CommandError):
        call_command("sample_province", **options)
    assert User.objects.count() == 0


NOW = "__import__('django.utils.timezone').utils.timezone.localtime() + settings.NEP_CLOCK_MOVED"


@pytest.mark.parametrize(
    ("lives", "begins"), [("2026-02-10", "2026-02-10"), ("2026-02-10T09:00", "2026-02-10 09:00")]
)
def test_the_demo_lives_on_the_day_and_in_the_hour_it_is_told(
    tmp_path: Path, lives: str, begins: str
) -> None:
    assert asked(NOW, tmp_path, NEP_DEMO="1", NEP_TODAY=lives).startswith(begins)


def test_a_day_that_is_none_is_refused(tmp_path: Path) -> None:
    told = asked(NOW, tmp_path, NEP_DEMO="1", NEP_TODAY="10/2/2026")
    assert told.endswith(
        "NEP_TODAY phải là ngày dạng 2026-02-10 hoặc 2026-02-10T09:00, không phải “10/2/2026”."
    )


def test_a_server_lives_today(tmp_path: Path) -> None:
    told = asked(NOW, tmp_path, **SERVER, NEP_TODAY="2026-02-10")
    assert told.endswith("NEP_TODAY chỉ có trong bản thử; máy chủ thật theo đồng hồ của nó.")
