"""Vega's expressions, as far as the package's own charts have any."""

import ast
import math
import operator
import re
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from typing import Any

_IN_PYTHON = ((r"&&", " and "), (r"\|\|", " or "), (r"!(?!=)", " not "))
_CHOICE = re.compile(r"(.+?)\?(.+?):(.+)")
_OPERATORS: dict[type, Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


class NotPlain(Exception):
    """A chart has something that only Vega draws."""


def evaluate(expression: str, names: Mapping[str, Any]) -> Any:
    """Return the value of an expression, or raise `NotPlain`.

    It may have comparisons, sums, ``&&``, ``||``, ``!``, ``a ? b : c``, ``isValid``, columns of
    `datum` (a row, whose missing cells are None), names and their members.

    Examples
    --------
    >>> evaluate("datum.role != 'area' && isValid(datum.low)", {"datum": {"low": 1}})
    True
    """
    return meaning(expression)(names)


Names = Mapping[str, Any]
Meaning = Callable[[Names], Any]


@lru_cache(maxsize=256)
def meaning(expression: str) -> Meaning:
    """Return an expression as a function of what its names stand for; see `evaluate`."""
    text = expression.strip()
    if choice := _CHOICE.fullmatch(text):
        text = f"({choice[2]}) if ({choice[1]}) else ({choice[3]})"
    for sign, word in _IN_PYTHON:
        text = re.sub(sign, word, text)
    try:
        return _of(ast.parse(text.strip(), mode="eval").body)
    except SyntaxError as error:
        raise NotPlain(expression) from error


def _of(node: ast.expr) -> Meaning:
    match node:
        case ast.Constant(value):
            return lambda _: value
        case ast.Name(name):
            return partial(_named, name)
        case ast.Attribute(ast.Name("datum"), column):
            return lambda names: names["datum"].get(column)
        case ast.Subscript(holder, member):
            return partial(_member, _of(holder), _of(member))
        case ast.UnaryOp(ast.Not(), operand):
            negated = _of(operand)
            return lambda names: not negated(names)
        case ast.UnaryOp(ast.USub(), operand):
            positive = _of(operand)
            return lambda names: -positive(names)
        case ast.BoolOp(joined, parts):
            return partial(_joined, isinstance(joined, ast.Or), [_of(part) for part in parts])
        case ast.Compare(
            ast.Attribute(ast.Name("datum"), column),
            [ast.Eq() | ast.NotEq() as sign],
            [ast.Constant(value)],
        ):  # what nearly every layer asks of each of its rows
            wanted = isinstance(sign, ast.Eq)
            return lambda names: (names["datum"].get(column) == value) is wanted
        case ast.Compare(left, [sign], [right]) | ast.BinOp(left, sign, right):
            if type(sign) in _OPERATORS:
                return partial(_combined, _OPERATORS[type(sign)], _of(left), _of(right))
        case ast.IfExp(test, then, otherwise):
            return partial(_chosen, _of(test), _of(then), _of(otherwise))
        case ast.Call(ast.Name("isValid"), [argument], []):
            return partial(_is_valid, _of(argument))
    raise NotPlain(ast.dump(node))


def _named(name: str, names: Names) -> Any:
    if name not in names:
        raise NotPlain(name)
    return names[name]


def _member(holder: Meaning, member: Meaning, names: Names) -> Any:
    values, which = holder(names), member(names)
    return values[str(which) if isinstance(values, dict) else which]


def _joined(settles: bool, parts: list[Meaning], names: Names) -> bool:
    """Return whether any part is true, or all are: the one that `settles` it is the last asked."""
    for part in parts:
        if bool(part(names)) is settles:
            return settles
    return not settles


def _combined(
    combine: Callable[[Any, Any], Any], left: Meaning, right: Meaning, names: Names
) -> Any:
    return combine(left(names), right(names))


def _chosen(test: Meaning, then: Meaning, otherwise: Meaning, names: Names) -> Any:
    return (then if test(names) else otherwise)(names)


def _is_valid(argument: Meaning, names: Names) -> bool:
    value = argument(names)
    return value is not None and not (isinstance(value, float) and math.isnan(value))
