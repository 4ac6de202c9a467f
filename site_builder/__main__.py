"""Makes ``python -m site_builder`` the same command as ``site-builder``."""

import sys

from site_builder.cli.front import main

sys.exit(main())
