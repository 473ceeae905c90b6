"""How a hire lies to a window: all of it, inside it, or any part."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from tariffs.engine.draft import Draft
from tariffs.engine.slices import Slice
from tariffs.engine.truth import YES, Missing
from tariffs.rules.shape import Fit, RateRule


def missing_for_fit(rule: RateRule, slice_: Slice, draft: Draft) -> Missing | None:
    """Whether the hire lies to the rule's window as the rule says."""
    window, fit = rule.when.window, rule.quantity.fit
    if window is None or fit is Fit.TOUCH:
        return YES
    use = [s for s in draft.slices if s.during == "use"]
    if not use or use[0].starts is None or use[-1].ends is None:
        return frozenset({"start"})
    day = slice_.day_in(window)
    if day is None:
        return frozenset({"date"})
    midnight = datetime.combine(day, time(0))
    opens = midnight + timedelta(minutes=window.start)
    closes = midnight + timedelta(minutes=window.end, days=1 if window.wraps else 0)
    if fit is Fit.WHOLE:
        return YES if use[0].starts <= opens and use[-1].ends >= closes else None
    return YES if opens <= use[0].starts and use[-1].ends <= closes else None
