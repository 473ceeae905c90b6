"""The week grid: what stands in which cell, and what it says."""

from datetime import date

from django.template.loader import render_to_string

from core.week import Cell, State, Week, WeekSpan, build_week

MONDAY = date(2027, 1, 11)
TUESDAY = date(2027, 1, 12)


def span(start: float, end: float, state: State, *, day: date = MONDAY, **more: str) -> WeekSpan:
    return WeekSpan(day=day, start=int(start * 60), end=int(end * 60), state=state, **more)


def laid_out(*spans: WeekSpan, gaps: State = State.UNKNOWN) -> Week:
    return build_week(spans, monday=MONDAY, today=TUESDAY, gaps=gaps)


def monday(week: Week) -> list[Cell]:
    return list(week.days[0].blocks)


def test_a_booking_cuts_the_free_day_in_two() -> None:
    week = laid_out(span(9, 22, State.FREE), span(18, 20, State.BUSY))
    said = [(cell.state, cell.times) for cell in monday(week)]
    assert said == [
        (State.FREE, "9am to 6pm"), (State.BUSY, "6pm to 8pm"), (State.FREE, "8pm to 10pm"),
    ]  # fmt: skip


def test_back_to_back_bookings_stay_two_blocks() -> None:
    week = laid_out(span(18, 20, State.BUSY), span(20, 22, State.BUSY))
    assert [cell.rows for cell in monday(week)] == [2, 2]


def test_the_rows_of_every_column_add_up() -> None:
    week = laid_out(
        span(9, 22, State.FREE),
        span(18, 20.5, State.BUSY),
        span(10, 12, State.QUIET, day=TUESDAY),
    )
    assert all(sum(cell.rows for cell in day.blocks) == len(week.rows) for day in week.days)
    assert sum(len(row.cells) for row in week.rows) == sum(len(day.blocks) for day in week.days)


def test_a_booking_off_the_hour_makes_half_hour_rows_and_says_its_true_times() -> None:
    week = laid_out(span(9, 22, State.FREE), span(17.25, 18.75, State.BUSY))
    assert week.is_halved
    assert [row.hour for row in week.rows[:3]] == ["9am", "", "10am"]
    busy = monday(week)[1]
    assert (busy.times, busy.rows) == ("5:15pm to 6:45pm", 4)


def test_a_booking_is_shown_over_a_quiet_time_and_the_persons_choice_over_all() -> None:
    week = laid_out(
        span(9, 12, State.QUIET), span(10, 11, State.BUSY), span(10, 11, State.YOURS)
    )  # fmt: skip
    assert [cell.state for cell in monday(week)] == [State.QUIET, State.YOURS, State.QUIET]


def test_time_that_nobody_told_us_about_is_not_called_closed() -> None:
    week = laid_out()
    assert {cell.state for cell in monday(week)} == {State.UNKNOWN}
    assert week.states == [(State.UNKNOWN, "Not known: ask them")]


def test_the_table_has_a_head_for_every_row_and_column_and_words_in_every_cell() -> None:
    week = laid_out(
        span(9, 22, State.FREE, href="/book?on=2027-01-11&from=09:00"),
        span(18, 20, State.BUSY, label="<b>Choir</b>"),
    )
    page = render_to_string("components/week_grid.html", {"week": week, "list_href": "?as=list"})
    assert page.count('scope="col"') == 8
    assert page.count('scope="row"') == len(week.rows)
    assert "&lt;b&gt;Choir&lt;/b&gt;" in page
    assert "<b>" not in page
    assert 'href="/book?on=2027-01-11&amp;from=09:00"' in page
    assert "See this week as a list" in page


def test_the_list_says_what_the_grid_says() -> None:
    week = laid_out(span(9, 22, State.FREE), span(18, 20, State.BUSY))
    page = render_to_string("components/week_list.html", {"week": week})
    for said in ("Monday 11 January 2027", "9am to 6pm", "6pm to 8pm", "Booked", "8pm to 10pm"):
        assert said in page
