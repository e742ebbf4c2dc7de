"""How the rooms hang together: what import-linter does not say."""

from __future__ import annotations

from collections.abc import Iterator

import grimp


def circles(graph: grimp.ImportGraph, left_out: frozenset[str]) -> Iterator[list[str]]:
    """Sets of modules each of which imports every other one, directly or over others (Tarjan)."""
    order: dict[str, int] = {}
    lowest: dict[str, int] = {}
    held: list[str] = []
    for root in sorted(graph.modules - left_out):
        if root in order:
            continue
        work: list[tuple[str, Iterator[str]]] = []

        def enter(module: str, work: list[tuple[str, Iterator[str]]] = work) -> None:
            order[module] = lowest[module] = len(order)
            held.append(module)
            work.append((module, iter(sorted(graph.find_modules_directly_imported_by(module) - left_out))))

        enter(root)
        while work:
            module, rest = work[-1]
            below = next(rest, None)
            if below is None:
                work.pop()
                if work:
                    lowest[work[-1][0]] = min(lowest[work[-1][0]], lowest[module])
                if lowest[module] == order[module]:
                    place = held.index(module)
                    if len(held) - place > 1:
                        yield sorted(held[place:])
                    del held[place:]
            elif below not in order:
                enter(below)
            elif below in held:
                lowest[module] = min(lowest[module], order[below])


def test_no_module_imports_itself_over_others() -> None:
    """Neither between rooms nor within one, also not for types alone or within a function.

    The package itself is left out: it names what is public and imports that when somebody asks for it.
    """
    graph = grimp.build_graph("wpparse", cache_dir=None)
    assert list(circles(graph, frozenset({"wpparse"}))) == []


def test_a_circle_is_found() -> None:
    graph = grimp.ImportGraph()
    for importer, imported in (("a", "b"), ("b", "c"), ("c", "b"), ("c", "d"), ("d", "e"), ("e", "c"), ("a", "f")):
        graph.add_import(importer=importer, imported=imported)
    assert list(circles(graph, frozenset())) == [["b", "c", "d", "e"]]
    assert list(circles(graph, frozenset({"e"}))) == [["b", "c"]]
