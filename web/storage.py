"""How static files are served: under names that change with what is in them."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Scripts name each other by such names too, so that a page never mixes those of two versions."""

    support_js_module_import_aggregation = True
