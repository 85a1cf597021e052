"""Reverse-mode differentiation, torch's own: an engine in C++ behind a few Python names."""

from torch.autograd import *
from torch.autograd import forward_ad, functional, graph, profiler

from .anomaly_mode import detect_anomaly, set_detect_anomaly
from .engine import backward, grad
from .function import Function, Rule
from .grad_mode import enable_grad, inference_mode, no_grad, set_grad_enabled
from .gradcheck import gradcheck, gradgradcheck
from .inplace import ViewRule
from .variable import Variable
