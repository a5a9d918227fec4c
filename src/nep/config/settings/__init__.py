"""Settings, one file per concern; every value an operator may change is read from the environment here."""

from nep.config.settings.apps import *  # noqa: F403 -- Django reads names from this module
from nep.config.settings.clock import *  # noqa: F403 -- Django reads names from this module
from nep.config.settings.database import *  # noqa: F403 -- Django reads names from this module
from nep.config.settings.files import *  # noqa: F403 -- Django reads names from this module
from nep.config.settings.logs import *  # noqa: F403 -- Django reads names from this module
from nep.config.settings.mail import *  # noqa: F403 -- Django reads names from this module
from nep.config.settings.security import *  # noqa: F403 -- Django reads names from this module
from nep.config.settings.sign_in import *  # noqa: F403 -- Django reads names from this module
