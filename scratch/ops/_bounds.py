"""Bounds that are numbers: the functions of arrays with which ``x.clamp_(0, 1)`` works in place."""

from __future__ import annotations

import numpy


def between(x, low: float, high: float, out=None):
    """x, moved to the nearer of two numbers where it is not between them"""
    return numpy.clip(x, low, high, out=out)


def at_least(x, low: float, out=None):
    """max(x, low), with a number: two of these NumPy compares more quickly with than one"""
    return numpy.clip(x, low, numpy.inf, out=out)


def at_most(x, high: float, out=None):
    """min(x, high), with a number"""
    return numpy.clip(x, -numpy.inf, high, out=out)
