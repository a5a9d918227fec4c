"""Static files under hashed names, ES module imports included."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Rewrites `import` paths in modules too, so that a cached module never mixes with a new one."""

    support_js_module_import_aggregation = True
