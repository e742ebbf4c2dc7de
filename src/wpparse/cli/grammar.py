"""Checking and listing of rules."""

from __future__ import annotations

import os
from itertools import chain
from pathlib import Path

from wpparse.cli.language import say
from wpparse.cli.streams import data_output, tell
from wpparse.errors import ExitCode, GrammarError, UsageError
from wpparse.extract.deadlines.examples import check_deadline_examples
from wpparse.extract.parties.examples import check_party_examples
from wpparse.grammar import load_grammar
from wpparse.grammar.check import check_grammar
from wpparse.grammar.schema import FAMILIES


def check(directories: tuple[str, ...]) -> int:
    """Print every fault as ``file:line: …``; the exit status is 2 where there is one."""
    try:
        grammar = load_grammar(*directories)
        faults = list(chain(check_grammar(grammar), check_deadline_examples(grammar), check_party_examples(grammar)))
    except GrammarError as error:
        faults = [error.values.get("detail", str(error))]
    output = data_output().text
    for fault in faults:
        output.write(_from_here(fault) + "\n")
    if faults:
        tell(say(f"{len(faults)} 处错误", f"{len(faults)} faults"))
        return ExitCode.USAGE
    tell(say(f"{len(grammar.rule_list)} 条规则，没有错误", f"{len(grammar.rule_list)} rules, no fault"))
    return ExitCode.DONE


def list_rules(directories: tuple[str, ...], family: str | None) -> int:
    """Print one line a rule: id, family, kind, place, an example."""
    if family is not None and family not in FAMILIES:
        raise UsageError("cli-choice", option="--family", value=family, choices=" | ".join(FAMILIES))
    grammar = load_grammar(*directories)
    output = data_output().text
    for rule in sorted(grammar.rule_list, key=lambda rule: (rule.family, rule.id)):
        if family in (None, rule.family):
            columns = (rule.id, rule.family, rule.kind, _from_here(rule.where), rule.examples[0].text)
            output.write("\t".join(columns) + "\n")
    return ExitCode.DONE


def _from_here(line: str) -> str:
    """The same line with its path relative to the working directory where it lies below."""
    return line.removeprefix(f"{Path.cwd()}{os.sep}")
