"""Makes the deliberately bad reader known in each interpreter that is started with this folder on its path."""

import bad_reader

bad_reader.register()
