"""Makes the deliberately bad reader known in each interpreter that has this folder on its path."""

import os

import bad_reader

from searchlib.sources.workers import limits

bad_reader.register()
limits.LIMITS = limits.Limits(seconds=float(os.environ.get("SEARCHLIB_TEST_SECONDS", "60")))
