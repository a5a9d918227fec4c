"""`python -m nep.config.cli`, which `./nep` hands over to."""

import sys

from nep.config.cli import main

sys.exit(main())
