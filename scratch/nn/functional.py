"""The layers' computations as functions, without modules: ``torch.nn.functional``, called F.

Each is defined beside its rule and its layer; here is where users find them.
"""

from ..creation import one_hot
from ..ops.elementwise import sigmoid, tanh
from .activation import log_softmax, relu, relu_, softmax
from .adaptive_pooling import (
    adaptive_avg_pool1d,
    adaptive_avg_pool2d,
    adaptive_max_pool1d,
    adaptive_max_pool1d_with_indices,
    adaptive_max_pool2d,
    adaptive_max_pool2d_with_indices,
)
from .average_pooling import avg_pool1d, avg_pool2d, lp_pool1d, lp_pool2d
from .batchnorm import batch_norm
from .bilinear import bilinear
from .binary_loss import (
    binary_cross_entropy,
    binary_cross_entropy_with_logits,
    multilabel_soft_margin_loss,
    soft_margin_loss,
)
from .conv import conv1d, conv2d, conv3d
from .conv_transpose import conv_transpose1d, conv_transpose2d, conv_transpose3d
from .distance import cosine_similarity, normalize, pairwise_distance
from .divergence_loss import gaussian_nll_loss, kl_div, poisson_nll_loss
from .dropout import (
    alpha_dropout,
    dropout,
    dropout1d,
    dropout2d,
    dropout3d,
    feature_alpha_dropout,
)
from .elu import celu, celu_, elu, elu_, selu, selu_
from .embedding import embedding
from .gates import glu, gumbel_softmax, softmin
from .groupnorm import group_norm, local_response_norm
from .hard import hardsigmoid, hardswish, hardtanh, hardtanh_, relu6, threshold, threshold_
from .linear import linear
from .loss import cross_entropy, nll_loss
from .margin_loss import multi_margin_loss, multilabel_margin_loss
from .normalization import layer_norm, rms_norm
from .padding import pad
from .pooling import (
    max_pool1d,
    max_pool1d_with_indices,
    max_pool2d,
    max_pool2d_with_indices,
)
from .ranking_loss import (
    cosine_embedding_loss,
    hinge_embedding_loss,
    margin_ranking_loss,
    triplet_margin_loss,
    triplet_margin_with_distance_loss,
)
from .rectifiers import leaky_relu, leaky_relu_, prelu, rrelu, rrelu_
from .regression_loss import huber_loss, l1_loss, mse_loss, smooth_l1_loss
from .shrinkage import hardshrink, softshrink, tanhshrink
from .smooth import gelu, logsigmoid, mish, silu, softplus, softsign
from .unfold import fold, unfold
from .upsampling import interpolate, upsample, upsample_bilinear, upsample_nearest

__all__ = [
    "one_hot",
    "linear",
    "bilinear",
    "relu",
    "relu_",
    "sigmoid",
    "tanh",
    "softmax",
    "log_softmax",
    "leaky_relu",
    "leaky_relu_",
    "prelu",
    "rrelu",
    "rrelu_",
    "elu",
    "elu_",
    "selu",
    "selu_",
    "celu",
    "celu_",
    "relu6",
    "hardtanh",
    "hardtanh_",
    "threshold",
    "threshold_",
    "hardsigmoid",
    "hardswish",
    "hardshrink",
    "softshrink",
    "tanhshrink",
    "gelu",
    "silu",
    "mish",
    "softplus",
    "logsigmoid",
    "softsign",
    "glu",
    "softmin",
    "gumbel_softmax",
    "mse_loss",
    "l1_loss",
    "smooth_l1_loss",
    "huber_loss",
    "nll_loss",
    "cross_entropy",
    "dropout",
    "alpha_dropout",
    "dropout1d",
    "dropout2d",
    "dropout3d",
    "feature_alpha_dropout",
    "batch_norm",
    "group_norm",
    "local_response_norm",
    "layer_norm",
    "rms_norm",
    "embedding",
    "kl_div",
    "poisson_nll_loss",
    "gaussian_nll_loss",
    "cosine_similarity",
    "pairwise_distance",
    "normalize",
    "binary_cross_entropy",
    "binary_cross_entropy_with_logits",
    "soft_margin_loss",
    "multilabel_soft_margin_loss",
    "conv1d",
    "conv2d",
    "conv3d",
    "conv_transpose1d",
    "conv_transpose2d",
    "conv_transpose3d",
    "pad",
    "fold",
    "unfold",
    "margin_ranking_loss",
    "hinge_embedding_loss",
    "cosine_embedding_loss",
    "triplet_margin_loss",
    "triplet_margin_with_distance_loss",
    "multi_margin_loss",
    "multilabel_margin_loss",
    "max_pool1d",
    "max_pool1d_with_indices",
    "max_pool2d",
    "max_pool2d_with_indices",
    "avg_pool1d",
    "avg_pool2d",
    "lp_pool1d",
    "lp_pool2d",
    "adaptive_avg_pool1d",
    "adaptive_avg_pool2d",
    "adaptive_max_pool1d",
    "adaptive_max_pool1d_with_indices",
    "adaptive_max_pool2d",
    "adaptive_max_pool2d_with_indices",
    "interpolate",
    "upsample",
    "upsample_nearest",
    "upsample_bilinear",
]
