"""Made-up circulars with their truth, from words and frames that trained nothing (tests/circulars.py)."""

from __future__ import annotations

import random
from collections import Counter

from tests.circulars import (
    HELD_OUT_COMMANDS,
    HELD_OUT_NO_COMMANDS,
    Parts,
    circular,
    command_sentences,
    fill,
    pool,
    verbs,
)
from wpparse import parse
from wpparse.extract.parties.subjects import find_subjects
from wpparse.grammar import load_grammar

GRAMMAR = load_grammar()


def counted(sentences: list[tuple[set[tuple[str, str]], set[tuple[str, str]]]]) -> Counter[str]:
    """Parties found, invented and missed, over pairs of truth and finding."""
    out: Counter[str] = Counter()
    for truth, found in sentences:
        out.update(right=len(truth & found), invented=len(found - truth), missed=len(truth - found))
    return out


def f1(counts: Counter[str]) -> float:
    """The mean of precision and recall."""
    return 2 * counts["right"] / (2 * counts["right"] + counts["invented"] + counts["missed"])


def test_no_word_trains_and_tests() -> None:
    assert not set(pool(verbs(), True)) & set(pool(verbs(), False))
    assert min(len(pool(verbs(), True)), len(pool(verbs(), False))) > 100


def test_bodies_of_sentences_never_seen() -> None:
    sentences = list(command_sentences(random.Random(20240601), 600, held_out=True))
    pairs = [
        (set(sentence.parties), {(found.name, found.role) for found in find_subjects(sentence.text, GRAMMAR)})
        for sentence in sentences
    ]
    assert f1(counted(pairs)) >= 0.97


def test_each_frame_never_seen_is_read_more_often_than_not() -> None:
    weak = []
    for frame in (*HELD_OUT_COMMANDS, *HELD_OUT_NO_COMMANDS):
        parts = Parts(random.Random(7), held_out=True)
        made = [fill(frame, parts) for _ in range(40)]
        right = sum(
            {(found.name, found.role) for found in find_subjects(one.text, GRAMMAR)} == set(one.parties) for one in made
        )
        if right < 30:
            weak.append((frame.words, right))
    assert not weak


def test_circulars_never_seen() -> None:
    source = random.Random(20240602)
    pairs = []
    for _ in range(40):
        made = circular(source)
        tasks = parse(made.text.encode()).tasks
        assert len(tasks) == len(made.items), made.text
        for task, item in zip(tasks, made.items, strict=True):
            pairs.append((set(item.parties), {(party.name, party.role) for party in task.parties}))
    assert f1(counted(pairs)) >= 0.97
