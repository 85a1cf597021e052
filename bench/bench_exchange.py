"""How fast memory is shared with NumPy."""

import numpy

from bench.timing import lesson


@lesson("exchange", size=[8, 1_000_000])
def there_and_back(torch, device, size):
    """From an array to a tensor and back: nothing is copied."""
    array = numpy.ones(size, "float32")

    def step():
        return torch.asarray(array).numpy()

    return step


@lesson("exchange", size=[8, 1_000_000])
def a_function_of_numpys(torch, device, size):
    """numpy.asarray of a tensor."""
    x = torch.ones(size, device=device)

    def step():
        return numpy.asarray(x)

    return step
