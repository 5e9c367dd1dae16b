"""What a class of plain fields says of them: their keys in a file, and the words below each."""

from __future__ import annotations

import ast
import dataclasses
import inspect
import sys
from collections.abc import Mapping
from itertools import pairwise
from typing import Any


def keys(cls: type[Any]) -> tuple[str, ...]:
    """The keys of a table as its file has them: `import_` is a word of Python's, `import` one of the file's."""
    return tuple(field.name.rstrip("_") for field in dataclasses.fields(cls))


def attribute_docstrings(cls: type[Any]) -> Mapping[str, str]:
    """The text below each attribute of a class, which Python itself throws away."""
    inherited = (attribute_docstrings(base) for base in cls.__bases__ if dataclasses.is_dataclass(base))
    said = {name: words for of_base in inherited for name, words in of_base.items()}
    body = _class_in(cls).body
    return said | {
        attribute.target.id: " ".join(below.value.value.split())
        for attribute, below in pairwise(body)
        if isinstance(attribute, ast.AnnAssign)
        and isinstance(attribute.target, ast.Name)
        and isinstance(below, ast.Expr)
        and isinstance(below.value, ast.Constant)
        and isinstance(below.value.value, str)
    }


def _class_in(cls: type[Any]) -> ast.ClassDef:
    module = ast.parse(inspect.getsource(sys.modules[cls.__module__]))
    return next(node for node in module.body if isinstance(node, ast.ClassDef) and node.name == cls.__name__)
