"""The rule engine: loading, compiling, matching and checking of rule files. No word of Chinese stands in it.

What circulars say lives in the rule files (``grammars/`` at the root of the project, ``wpparse/grammars`` in a wheel).
"""

from wpparse.grammar.grammar import Grammar
from wpparse.grammar.load import load_grammar, packaged_directory
from wpparse.grammar.match import Hit, RuleSet, characters
from wpparse.grammar.schema import Example, Rule

__all__ = ["Example", "Grammar", "Hit", "Rule", "RuleSet", "characters", "load_grammar", "packaged_directory"]
