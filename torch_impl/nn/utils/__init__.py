"""What is done to the parameters of a whole network at once."""

from torch.nn.utils import *
from torch.nn.utils import parametrizations, parametrize, prune, rnn, stateless

from .clip_grad import *
from .convert_parameters import *
