"""Ask a person at the terminal what a file leaves open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from fourpillars.errors import FourPillarsError

if TYPE_CHECKING:
    from fourpillars.catalogue.codelists import Codelists
    from fourpillars.observations.intake.questions import Answers, Question
    from fourpillars.observations.intake.take import Ask


def at_a_terminal(codelists: Codelists) -> Ask:
    """Return what asks each question in turn: a number takes an offer, a code or name answers, nothing gives up."""

    def ask(questions: Sequence[Question], answers: Answers) -> Answers | None:
        from fourpillars.observations.intake.questions import checked_answers

        told = {"columns": dict(answers.columns), "values": dict(answers.values), "source": dict(answers.source)}
        told["names"] = {dimension: dict(labels) for dimension, labels in answers.names.items()}
        for question in questions:
            answer = _answer(question)
            if not answer:
                return None
            if question.kind == "names":
                dimension = question.dimension or _dimension(question, answer)
                told["names"].setdefault(dimension, {})[question.subject] = answer
            else:
                told[question.kind][question.subject] = answer
        try:
            return checked_answers(told, codelists, "the answer")
        except FourPillarsError as error:
            typer.echo(str(error))
            return answers

    return ask


def _answer(question: Question) -> str:
    typer.echo(str(question) + (f" ({question.where})" if question.where else ""))
    offers = [(code, name) for code, name in question.offered if code]
    for number, (code, name) in enumerate(offers, start=1):
        typer.echo(f"  {number}  {code} {name}".rstrip())
    answer = typer.prompt("A number, a code, or nothing to give up", default="", show_default=False).strip()
    if answer.isdigit() and 1 <= int(answer) <= len(offers):
        return offers[int(answer) - 1][0]
    return answer


def _dimension(question: Question, answer: str) -> str:
    """Return what an answer is a code of, where an offer tells; else ask."""
    told = next((name.split(" ")[0] for code, name in question.offered if code == answer), "")
    return told or typer.prompt("A code of what: ref_area, activity, item, measure?")
