"""``python -m site_builder`` is ``site-builder``."""

import sys

from site_builder.cli.main import main

sys.exit(main())
