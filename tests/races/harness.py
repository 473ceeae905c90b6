"""Run things at the same moment, each with a connection of its own.

Use with `@pytest.mark.django_db(transaction=True)`: others see only what is committed.
"""

import importlib
import multiprocessing
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from typing import Any

_PATIENCE_SECONDS = 60


@dataclass(frozen=True)
class Outcome:
    """What one racer came back with: a value, or the error it met."""

    value: Any = None
    error: BaseException | None = None

    @property
    def won(self) -> bool:
        return self.error is None


def race(calls: Sequence[Callable[[], Any]]) -> list[Outcome]:
    """Run `calls` in threads that start together; outcomes in the same order."""
    start = threading.Barrier(len(calls))
    outcomes: list[Outcome] = [Outcome() for _ in calls]

    def run(index: int, call: Callable[[], Any]) -> None:
        from django.db import connection

        try:
            connection.ensure_connection()
            start.wait(_PATIENCE_SECONDS)
            outcomes[index] = Outcome(value=call())
        except BaseException as error:
            outcomes[index] = Outcome(error=error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair, daemon=True) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(_PATIENCE_SECONDS)
    stuck = sum(thread.is_alive() for thread in threads)
    if stuck:
        message = f"{stuck} racers did not come back in {_PATIENCE_SECONDS} seconds"
        raise TimeoutError(message)
    return outcomes


def race_processes(target: str, arguments: Sequence[tuple[Any, ...]]) -> list[Outcome]:
    """Run the function named "package.module:function" in one real process per argument tuple.

    The processes start together and use the test database. What they return must pickle; an
    error that does not comes back as a RuntimeError with its words.
    """
    from django.db import connections

    # Forked: each process has Django at hand, and makes a connection of its own.
    connections.close_all()
    context = multiprocessing.get_context("fork")
    start = context.Barrier(len(arguments))
    pipes = []
    processes = []
    for one in arguments:
        receiver, sender = context.Pipe(duplex=False)
        process = context.Process(target=_child, args=(target, one, start, sender), daemon=True)
        process.start()
        sender.close()
        pipes.append(receiver)
        processes.append(process)
    outcomes = [_receive(pipe) for pipe in pipes]
    for process in processes:
        process.join(_PATIENCE_SECONDS)
        if process.is_alive():
            process.kill()
    return outcomes


def _receive(pipe: Connection) -> Outcome:
    if not pipe.poll(_PATIENCE_SECONDS):
        return Outcome(error=TimeoutError("no answer from the process"))
    try:
        return pipe.recv()
    except EOFError:
        return Outcome(error=RuntimeError("the process ended without an answer"))


def _child(target: str, arguments: tuple[Any, ...], start: Barrier, sender: Connection) -> None:
    from django.db import connection

    module, _, name = target.partition(":")
    call = getattr(importlib.import_module(module), name)
    try:
        connection.ensure_connection()
        start.wait(_PATIENCE_SECONDS)
        outcome = Outcome(value=call(*arguments))
    except BaseException as error:
        outcome = Outcome(error=error)
    finally:
        connection.close()
    try:
        sender.send(outcome)
    except Exception:
        sender.send(Outcome(error=RuntimeError(f"{type(outcome.error).__name__}: {outcome.error}")))
    sender.close()
