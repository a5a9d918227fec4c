"""Static files with hashed names, and the folder of stored files."""

from __future__ import annotations

from nep.config.settings.environment import DATA, DEBUG, text

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_FINDERS = ["nep.config.static.ServedFiles"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "nep.config.static.HashedStaticFiles"
        )
    },
}
NEP_FILES = DATA / "files"
MEDIA_ROOT = NEP_FILES

# The trail is sealed with a key from the first and tells of its seals in the last, best another disk or host.
NEP_SEALS = DATA / "seals"
NEP_SEAL_KEY = text("NEP_SEAL_KEY", "")
NEP_SEAL_EXPORT = text("NEP_SEAL_EXPORT", str(NEP_SEALS))

MEGABYTE = 1024 * 1024
NEP_MAX_UPLOAD = 40 * MEGABYTE
NEP_MAX_REQUEST = 64 * MEGABYTE  # the files of one form together, and its words
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * MEGABYTE  # a pasted text; files are streamed to disk and not counted here
FILE_UPLOAD_MAX_MEMORY_SIZE = 1 * MEGABYTE
