"""What the documents tell a person to type exists: every command of ours, and every option given to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from fourpillars.cli.app import app

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
COMMAND = re.compile(r"fourpillars ((?:--log \w+ )?[a-z][a-z-]*(?:\s[^`|&;>#\n]*)?)")


def typed(text: str) -> Iterator[str]:
    """Yield our commands in blocks of code and between backquotes."""
    fenced = False
    for line in text.splitlines():
        fenced ^= line.lstrip().startswith("```")
        for code in [line] if fenced or line.startswith("    ") else re.findall(r"`([^`]*)`", line):
            yield from COMMAND.findall(code)


def wrong(words: list[str]) -> Iterator[str]:
    """Say which words of a command line are no command and no option of ours."""
    command = typer.main.get_command(app)
    for word in words:
        if word.startswith("-") and word.strip("-"):
            options = {name for one in command.params for name in (*one.opts, *one.secondary_opts)}
            if word.partition("=")[0] not in options | {"--help"}:
                yield f"{command.name} has no {word}"
        elif getattr(command, "commands", None) and words[max(0, words.index(word) - 1)] != "--log":
            if word not in command.commands:
                yield f"there is no command {word!r}"
                return
            command = command.commands[word]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_what_is_to_be_typed_exists(document: Path) -> None:
    problems = [
        f"fourpillars {line}: {problem}"
        for line in typed(document.read_text(encoding="utf-8"))
        for problem in wrong(line.split())
    ]
    assert problems == []


def test_the_runbook_names_commands() -> None:
    assert len(set(typed((ROOT / "docs/operations.md").read_text(encoding="utf-8")))) >= 5
