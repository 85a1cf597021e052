"""Reverse-mode differentiation: the graph, and the walk back through it."""

from .anomaly_mode import detect_anomaly, set_detect_anomaly
from .engine import backward, grad
from .function import Function, Rule, namespace
from .grad_mode import enable_grad, inference_mode, no_grad, set_grad_enabled
from .gradcheck import gradcheck, gradgradcheck
from .inplace import ViewRule
from .variable import Variable

__all__ = [
    "Function",
    "Rule",
    "Variable",
    "ViewRule",
    "backward",
    "detect_anomaly",
    "enable_grad",
    "grad",
    "gradcheck",
    "gradgradcheck",
    "inference_mode",
    "namespace",
    "no_grad",
    "set_detect_anomaly",
    "set_grad_enabled",
]
