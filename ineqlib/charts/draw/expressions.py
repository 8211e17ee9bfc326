"""Vega's expressions, as far as the package's own charts have any."""

import ast
import math
import operator
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
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
    """Return the value of an expression.

    Parameters
    ----------
    expression
        Comparisons, sums, ``&&``, ``||``, ``!``, ``a ? b : c``, ``isValid``, columns of `datum`,
        names and their members.
    names
        What its names stand for; `datum` is a row, whose missing cells are None.

    Raises
    ------
    NotPlain
        It has anything else.

    Examples
    --------
    >>> evaluate("datum.role != 'area' && isValid(datum.low)", {"datum": {"low": 1}})
    True
    """
    return _value(_parsed(expression), names)


@lru_cache(maxsize=256)
def _parsed(expression: str) -> ast.expr:
    text = expression.strip()
    if choice := _CHOICE.fullmatch(text):
        text = f"({choice[2]}) if ({choice[1]}) else ({choice[3]})"
    for sign, word in _IN_PYTHON:
        text = re.sub(sign, word, text)
    try:
        return ast.parse(text.strip(), mode="eval").body
    except SyntaxError as error:
        raise NotPlain(expression) from error


def _value(node: ast.expr, names: Mapping[str, Any]) -> Any:
    match node:
        case ast.Constant(value):
            return value
        case ast.Name(name) if name in names:
            return names[name]
        case ast.Attribute(ast.Name("datum"), column):
            return names["datum"].get(column)
        case ast.Subscript(holder, member):
            held, which = _value(holder, names), _value(member, names)
            return held[str(which) if isinstance(held, dict) else which]
        case ast.UnaryOp(ast.Not(), of):
            return not _value(of, names)
        case ast.UnaryOp(ast.USub(), of):
            return -_value(of, names)
        case ast.BoolOp(joined, parts):
            every = isinstance(joined, ast.And)
            return (all if every else any)(_value(part, names) for part in parts)
        case ast.Compare(left, [sign], [right]) if type(sign) in _OPERATORS:
            return _OPERATORS[type(sign)](_value(left, names), _value(right, names))
        case ast.BinOp(left, sign, right) if type(sign) in _OPERATORS:
            return _OPERATORS[type(sign)](_value(left, names), _value(right, names))
        case ast.IfExp(test, then, otherwise):
            return _value(then if _value(test, names) else otherwise, names)
        case ast.Call(ast.Name("isValid"), [of], []):
            value = _value(of, names)
            return value is not None and not (isinstance(value, float) and math.isnan(value))
    raise NotPlain(ast.dump(node))
