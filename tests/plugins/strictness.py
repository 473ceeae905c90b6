"""In CI a skipped test is a failed one: nobody reads a list of skips."""

import os
from collections.abc import Generator

import pytest

_IS_STRICT = os.environ.get("OPENHALL_CI_STRICT") == "1"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if _IS_STRICT and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped where a skip is a failure: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if _IS_STRICT and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"skipped where a skip is a failure: {report.longrepr}"
    return report
