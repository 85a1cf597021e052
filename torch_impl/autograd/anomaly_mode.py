"""Finding the operation behind a bad gradient, torch's own ``detect_anomaly``."""

from torch import is_anomaly_enabled
from torch.autograd import detect_anomaly, set_detect_anomaly

__all__ = ["detect_anomaly", "set_detect_anomaly", "is_anomaly_enabled"]
