"""Static files under hashed names, ES module imports included."""

from django.contrib.staticfiles.apps import StaticFilesConfig
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(StaticFilesConfig):
    """Leaves out the extensions of htmx: none is used, and one names a module that only a bundler finds."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "django_htmx/ext/*"]


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Rewrites `import` paths in modules too, so that a cached module never mixes with a new one."""

    support_js_module_import_aggregation = True
