"""One settings package, fed by the environment; every variable is in README.md."""

from config.settings.accounts import *
from config.settings.apps import *
from config.settings.base import *
from config.settings.database import *
from config.settings.logs import *
from config.settings.mail import *
from config.settings.rest import *
from config.settings.security import *
