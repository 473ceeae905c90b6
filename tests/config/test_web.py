"""How the production server is set up."""

import gc

from config.runner import web


def test_what_a_process_loads_once_is_not_searched_for_garbage_again() -> None:
    usual = gc.get_threshold()
    try:
        web.post_worker_init(None)
        assert gc.get_freeze_count() > 10_000
        assert gc.get_threshold() > usual
    finally:
        gc.unfreeze()
        gc.set_threshold(*usual)
