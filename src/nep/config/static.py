"""Static files under hashed names, ES module imports included."""

from collections.abc import Iterable
from typing import Any

from django.contrib.staticfiles.finders import AppDirectoriesFinder
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Extensions of htmx: no page uses them, and one names a module that only a bundler finds.
NOT_SERVED = "django_htmx/ext/*"


class ServedFiles(AppDirectoriesFinder):
    """Finds the static files of the applications, but for those that are not served."""

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[Any]:
        """See Django; used when static files are collected."""
        return super().list([*(ignore_patterns or ()), NOT_SERVED])


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Rewrites `import` paths in modules too, so that a cached module never mixes with a new one."""

    support_js_module_import_aggregation = True
