"""Applications, middleware, templates, language."""

from __future__ import annotations

from nep.config.settings.environment import DEBUG as DEBUG  # re-exported: Django reads it here
from nep.config.settings.environment import DEMO

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_htmx",
    "template_partials",
    "procrastinate.contrib.django",
    "nep.platform.ui",
    "nep.platform.audit",
    "nep.platform.files",
    "nep.platform.jobs",
    "nep.platform.notify",
    "nep.platform.requests",
    "nep.platform.lists",
    "nep.platform.calendar",
    "nep.accounts",
    "nep.org",
    "nep.documents",
    "nep.indicators",
    "nep.movements",
    "nep.sample",
    "nep.workbench",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "nep.accounts.requests.watched",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "nep.platform.requests.middleware.bounded",
    "nep.platform.requests.middleware.refusals",
]

ROOT_URLCONF = "nep.config.urls"
WSGI_APPLICATION = "nep.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "nep.platform.ui.templatetags.nep",
                "nep.platform.requests.templatetags.requests",
                "template_partials.templatetags.partials",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "nep.workbench.rail.rail",
            ],
        },
    }
]

NEP_DEMO = DEMO

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
DATE_FORMAT = "d/m/Y"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"
