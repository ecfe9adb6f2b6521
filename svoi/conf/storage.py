"""Static files under names that carry their content's hash, imports between modules included."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class ModuleManifestStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """WhiteNoise's hashed and compressed files, with the addresses inside ES modules rewritten too."""

    support_js_module_import_aggregation = True
    max_post_process_passes = 10
