"""``torch.special``: functions of ``ops/`` once more, under the names that SciPy gives them."""

from ..ops.elementary import exp2, expm1, log1p, logit
from ..ops.elementwise import sigmoid as expit
from ..ops.log_pairs import xlogy
from ..ops.reduction import logsumexp
from ..ops.rounding import round
from ..ops.softmax import log_softmax, softmax
from ..ops.special import digamma, erf, erfc, erfinv, i0, polygamma
from ..ops.special import digamma as psi
from ..ops.special import lgamma as gammaln
from ..ops.special import mvlgamma as multigammaln
from ..ops.trigonometry import sinc

__all__ = [
    "expit",
    "logit",
    "exp2",
    "expm1",
    "log1p",
    "xlogy",
    "logsumexp",
    "softmax",
    "log_softmax",
    "round",
    "sinc",
    "erf",
    "erfc",
    "erfinv",
    "gammaln",
    "multigammaln",
    "digamma",
    "psi",
    "polygamma",
    "i0",
]
