"""Every code that an answer of the programming interface may carry; docs/errors.md lists them.

A code never changes once it is published; its words may.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of problem: its status, a short title, and what the caller can do."""

    code: str
    status: int
    title: Any
    remedy: Any


_ALL = (
    Code("invalid", 400, _("The request is not right"), _("Read `errors`: one line a field.")),
    Code(
        "bad_input", 400, _("The request is not right"), _("Read `detail`, change it, send again.")
    ),
    Code(
        "pool_too_small",
        400,
        _("There are not so many in that pool"),
        _("Ask for at most the pool’s `quantity`, less those named in `spaces`."),
    ),
    Code(
        "answer_not_asked",
        400,
        _("The price does not depend on that"),
        _("Send only answers to the `questions` of a quote, by their `name`."),
    ),
    Code(
        "answer_refused",
        400,
        _("That is no answer to the question"),
        _("Send one of its `choices`, true or false, or digits, as its `kind` says."),
    ),
    Code("parse_error", 400, _("The body is not JSON"), _("Send one JSON object in UTF-8.")),
    Code(
        "unknown_parameter",
        400,
        _("There is no such parameter"),
        _("Read `errors`; spell it as the schema does, and give it once."),
    ),
    Code("bad_cursor", 400, _("That page does not exist"), _("Start again without `cursor`.")),
    Code(
        "bad_idempotency_key",
        400,
        _("The Idempotency-Key is not right"),
        _("Send 8 to 200 letters, digits or -_.:, new for each change."),
    ),
    Code("not_authenticated", 401, _("Sign in first"), _("Send a token, or sign in.")),
    Code(
        "token_refused",
        401,
        _("That token does not work"),
        _("It is wrong, ran out or was revoked. Make a new one on your tokens page."),
    ),
    Code("not_allowed", 403, _("You cannot do that"), _("Ask somebody who may.")),
    Code(
        "csrf_failed",
        403,
        _("The form key is missing"),
        _("With a browser session send X-CSRFToken, or use a token."),
    ),
    Code("not_found", 404, _("We could not find that"), _("Check the address or the number.")),
    Code(
        "method_not_allowed", 405, _("That cannot be done there"), _("Use a method from `Allow`.")
    ),
    Code("not_acceptable", 406, _("We only speak JSON here"), _("Accept application/json.")),
    Code(
        "space_taken",
        409,
        _("That space is taken"),
        _("Read `conflicts`; choose another time or space."),
    ),
    Code("stock_short", 409, _("There are not enough of those"), _("Ask for fewer.")),
    Code(
        "state_conflict", 409, _("That has already changed"), _("Read it again before you go on.")
    ),
    Code(
        "step_not_possible",
        409,
        _("That step is not possible now"),
        _("Read the date again: its state says what can follow."),
    ),
    Code(
        "already_started", 409, _("That date has begun"), _("It cannot be changed here any more.")
    ),
    Code(
        "costs_more",
        409,
        _("The price has gone up"),
        _("`detail` says the price now. Send a new `at_most`, or none."),
    ),
    Code(
        "idempotency_mismatch",
        409,
        _("That key was used for another request"),
        _("Send a new Idempotency-Key for a new request."),
    ),
    Code("too_large", 413, _("That is too much"), _("Send less in one request.")),
    Code(
        "unsupported_media_type",
        415,
        _("The body is of a kind we do not read"),
        _("Send Content-Type: application/json."),
    ),
    Code(
        "booking_refused",
        422,
        _("This booking cannot be made as it is"),
        _("Read `breaches`: each rule that is broken, with its date."),
    ),
    Code("refused", 422, _("That cannot be done"), _("Read `detail`.")),
    Code("throttled", 429, _("Too many requests"), _("Wait `Retry-After` seconds.")),
    Code(
        "server_error",
        500,
        _("Something went wrong here"),
        _("It is our fault. Tell us the X-Request-ID of the answer."),
    ),
    Code(
        "unavailable",
        503,
        _("We are away for a moment"),
        _(
            "Wait `Retry-After` seconds, send it again. With the same Idempotency-Key nothing is "
            "done twice."
        ),
    ),
    Code(
        "try_again",
        503,
        _("Many people are booking at this moment"),
        _("Nothing was changed. Wait `Retry-After` seconds, send it again."),
    ),
)

CODES: dict[str, Code] = {code.code: code for code in _ALL}
