"""What is done to the parameters of a whole network at once."""

from .clip_grad import *
from .convert_parameters import *
