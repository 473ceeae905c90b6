"""`python -m config.runner demo | serve | clean`."""

import shutil
import sys

from config.embedded.errors import EmbeddedError
from config.embedded.place import demo_place, tests_place
from config.embedded.server import remove
from config.environment import number
from config.runner.children import CannotStart
from config.runner.serving import Plan, serve
from config.runner.words import say


def main(arguments: list[str]) -> int:
    """Run one of the three commands; the exit code."""
    port = number("PORT", default=8000)
    try:
        match arguments:
            case ["demo"]:
                return serve(Plan(port=port, with_demo=True))
            case ["serve"]:
                return serve(Plan(port=port, with_demo=False))
            case ["clean"]:
                remove(demo_place())
                remove(tests_place())
                # Nothing runs: locks, and programs copied for root's sake, may go too.
                shutil.rmtree(demo_place().base, ignore_errors=True)
                return 0
    except (EmbeddedError, CannotStart) as error:
        say(str(error))
        return 1
    say("Say one of: demo, serve, clean.")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
