"""What the lessons attach to `Tensor`. Written by `python -m tests.stubs`: do not edit."""

from builtins import bool as _bool
from builtins import float as _float
from builtins import int as _int
from . import devices
from . import dtypes
from . import numpy
from .autograd.variable import Variable
from .random import Generator
from .storage import TypedStorage
from .storage import UntypedStorage
from .tensor import Tensor
from .utils.dlpack import DLDeviceType
from collections.abc import Iterator
from types import Device
from types import Dims
from typing import Any

class Methods(Variable):
    @property
    def H(self) -> Tensor:
        """The transpose of a matrix; of complex numbers, which we have not, also the conjugate."""
    @property
    def T(self) -> Tensor:
        """The tensor with its dimensions in reverse order: for a matrix the transpose."""
    def __abs__(self) -> Tensor:
        """y = |input|"""
    def __add__(self, other: Tensor | _float, *, alpha: _float = 1) -> Tensor:
        """y = input + alpha * other, broadcast against each other."""
    def __and__(self, other: Tensor | _int) -> Tensor:
        """The bits that are set in input and in other."""
    def __array__(self, dtype: Any = None, copy: _bool | None = None) -> numpy.ndarray:
        """__array__"""
    def __array_wrap__(self, array: numpy.ndarray, context: Any = None, return_scalar: _bool = False) -> Tensor:
        """Makes ``numpy.exp(x)`` and its like a tensor; bools become numbers, as in torch."""
    def __copy__(self) -> Tensor:
        """__copy__"""
    @property
    def __cuda_array_interface__(self) -> Tensor:
        """__cuda_array_interface__"""
    def __deepcopy__(self, memo: dict) -> Tensor:
        """__deepcopy__"""
    def __div__(self, other: Tensor | _float, *, rounding_mode: str | None = None) -> Tensor:
        """y = input / other, broadcast against each other; integers give floating-point numbers."""
    def __dlpack__(self, *, stream: _int | None = -1, max_version: tuple[_int, _int] | None = None, dl_device: tuple[_int, _int] | None = None, copy: _bool | None = None) -> object:
        """Packs the tensor for another library. A gradient would get lost there: it must need none."""
    def __dlpack_device__(self) -> tuple[DLDeviceType, _int]:
        """Where the tensor is, in DLPack's numbers."""
    def __eq__(self, other: Tensor | _float) -> Tensor:
        """Where input == other. NaN equals nothing, not even itself."""
    def __floordiv__(self, other: Tensor | _float) -> Tensor:
        """y = floor(input / other), broadcast against each other; integers stay integers."""
    def __format__(self, format_spec: str) -> str:
        """What ``f"{tensor:...}"`` shows: a tensor without dimensions formats as its number."""
    def __ge__(self, other: Tensor | _float) -> Tensor:
        """Where input >= other."""
    def __getitem__(self, index: object) -> Tensor:
        """``x[index]``"""
    def __gt__(self, other: Tensor | _float) -> Tensor:
        """Where input > other."""
    def __iadd__(self, other: Tensor | _float, *, alpha: _float = 1) -> Tensor:
        """In-place version of ``add``."""
    def __iand__(self, other: Tensor | _int) -> Tensor:
        """In-place version of ``bitwise_and``."""
    def __idiv__(self, other: Tensor | _float, *, rounding_mode: str | None = None) -> Tensor:
        """In-place version of ``div``."""
    def __ifloordiv__(self, other: Tensor | _float) -> Tensor:
        """In-place version of ``floor_divide``."""
    def __ilshift__(self, other: Tensor | _int) -> Tensor:
        """In-place version of ``bitwise_left_shift``."""
    def __imod__(self, other: Tensor | _float) -> Tensor:
        """In-place version of ``remainder``."""
    def __imul__(self, other: Tensor | _float) -> Tensor:
        """In-place version of ``mul``."""
    def __invert__(self) -> Tensor:
        """__invert__"""
    def __ior__(self, other: Tensor | _int) -> Tensor:
        """In-place version of ``bitwise_or``."""
    def __ipow__(self, exponent: Tensor | _float) -> Tensor:
        """In-place version of ``pow``."""
    def __irshift__(self, other: Tensor | _int) -> Tensor:
        """In-place version of ``bitwise_right_shift``."""
    def __isub__(self, other: Tensor | _float, *, alpha: _float = 1) -> Tensor:
        """In-place version of ``sub``."""
    def __iter__(self) -> Iterator[Tensor]:
        """The entries along the first dimension, one after the other."""
    def __itruediv__(self, other: Tensor | _float, *, rounding_mode: str | None = None) -> Tensor:
        """In-place version of ``div``."""
    def __ixor__(self, other: Tensor | _int) -> Tensor:
        """In-place version of ``bitwise_xor``."""
    def __le__(self, other: Tensor | _float) -> Tensor:
        """Where input <= other."""
    def __lshift__(self, other: Tensor | _int) -> Tensor:
        """y = input * 2^other: the bits moved to the left; those that leave the dtype are lost."""
    def __lt__(self, other: Tensor | _float) -> Tensor:
        """Where input < other."""
    def __matmul__(self, other: Tensor) -> Tensor:
        """self @ other"""
    def __mod__(self, other: Tensor | _float) -> Tensor:
        """y = input - other * floor(input / other): what is left over, with the sign of ``other``."""
    def __mul__(self, other: Tensor | _float) -> Tensor:
        """y = input * other, element by element, broadcast against each other."""
    def __ne__(self, other: Tensor | _float) -> Tensor:
        """Where input != other."""
    def __neg__(self) -> Tensor:
        """y = -input"""
    def __or__(self, other: Tensor | _int) -> Tensor:
        """The bits that are set in input or in other, or in both."""
    def __pos__(self) -> Tensor:
        """y = +input: the tensor itself."""
    def __pow__(self, exponent: Tensor | _float) -> Tensor:
        """y = input ^ exponent, broadcast against each other."""
    def __radd__(self, other: Tensor | _float, *, alpha: _float = 1) -> Tensor:
        """y = input + alpha * other, broadcast against each other."""
    def __rand__(self, other: Any) -> Tensor:
        """__rand__"""
    def __rdiv__(self, other: _float) -> Tensor:
        """other / input, as torch computes it."""
    def __reduce_ex__(self, protocol: _int) -> tuple:
        """__reduce_ex__"""
    def __repr__(self) -> str:
        """What ``repr(tensor)``, and so ``print(tensor)``, shows."""
    def __rfloordiv__(self, other: Any) -> Tensor:
        """__rfloordiv__"""
    def __rlshift__(self, other: Any) -> Tensor:
        """__rlshift__"""
    def __rmatmul__(self, other: Tensor) -> Tensor:
        """other @ self"""
    def __rmod__(self, other: Any) -> Tensor:
        """__rmod__"""
    def __rmul__(self, other: Tensor | _float) -> Tensor:
        """y = input * other, element by element, broadcast against each other."""
    def __ror__(self, other: Any) -> Tensor:
        """__ror__"""
    def __rpow__(self, other: Any) -> Tensor:
        """__rpow__"""
    def __rrshift__(self, other: Any) -> Tensor:
        """__rrshift__"""
    def __rshift__(self, other: Tensor | _int) -> Tensor:
        """y = floor(input / 2^other): the bits moved to the right."""
    def __rsub__(self, other: Tensor | _float, *, alpha: _float = 1) -> Tensor:
        """y = other - alpha * input: subtraction seen from the right."""
    def __rtruediv__(self, other: _float) -> Tensor:
        """other / input, as torch computes it."""
    def __rxor__(self, other: Any) -> Tensor:
        """__rxor__"""
    def __setitem__(self, index: object, value: Tensor | _float) -> None:
        """``x[index] = value``, a number or a tensor that is broadcast to the part"""
    def __setstate__(self, state: tuple) -> None:
        """Reads what the oldest pickles hold: a storage, and how to walk through it."""
    def __sub__(self, other: Tensor | _float, *, alpha: _float = 1) -> Tensor:
        """y = input - alpha * other, broadcast against each other."""
    def __truediv__(self, other: Tensor | _float, *, rounding_mode: str | None = None) -> Tensor:
        """y = input / other, broadcast against each other; integers give floating-point numbers."""
    def __xor__(self, other: Tensor | _int) -> Tensor:
        """The bits that are set in input or in other, but not in both."""
    def abs(self) -> Tensor:
        """y = |input|"""
    def abs_(self) -> Tensor:
        """In-place version of ``abs``."""
    def absolute(self) -> Tensor:
        """y = |input|"""
    def absolute_(self) -> Tensor:
        """In-place version of ``abs``."""
    def acos(self) -> Tensor:
        """y = the angle, from 0 to pi, whose cosine is the input; NaN where there is none"""
    def acos_(self) -> Tensor:
        """In-place version of ``acos``."""
    def acosh(self) -> Tensor:
        """y = the number, not negative, whose cosh is the input; NaN below 1"""
    def acosh_(self, *, out: Any = None) -> Tensor:
        """In-place version of ``acosh``."""
    def add(self, other: Tensor | _float, *, alpha: _float = 1) -> Tensor:
        """y = input + alpha * other, broadcast against each other."""
    def add_(self, other: Tensor | _float, *, alpha: _float = 1) -> Tensor:
        """In-place version of ``add``."""
    def addbmm(self, batch1: Tensor, batch2: Tensor, *, beta: _float = 1, alpha: _float = 1) -> Tensor:
        """beta * input + alpha * the sum of all products in ``batch1 @ batch2``."""
    def addbmm_(self, batch1: Tensor, batch2: Tensor, *, beta: _float = 1, alpha: _float = 1, out: Any = None) -> Tensor:
        """In-place version of ``addbmm``."""
    def addcdiv(self, tensor1: Tensor, tensor2: Tensor, *, value: _float = 1) -> Tensor:
        """y = input + value * tensor1 / tensor2, broadcast against each other."""
    def addcdiv_(self, tensor1: Tensor, tensor2: Tensor, *, value: _float = 1) -> Tensor:
        """In-place version of ``addcdiv``."""
    def addcmul(self, tensor1: Tensor, tensor2: Tensor, *, value: _float = 1) -> Tensor:
        """y = input + value * tensor1 * tensor2, broadcast against each other."""
    def addcmul_(self, tensor1: Tensor, tensor2: Tensor, *, value: _float = 1) -> Tensor:
        """In-place version of ``addcmul``."""
    def addmm(self, mat1: Tensor, mat2: Tensor, *, beta: _float = 1, alpha: _float = 1) -> Tensor:
        """beta * input + alpha * mat1 @ mat2"""
    def addmm_(self, mat1: Tensor, mat2: Tensor, *, beta: _float = 1, alpha: _float = 1, out: Any = None) -> Tensor:
        """In-place version of ``addmm``."""
    def addmv(self, mat: Tensor, vec: Tensor, *, beta: _float = 1, alpha: _float = 1) -> Tensor:
        """beta * input + alpha * mat @ vec: as ``addmm``, with a vector on the right."""
    def addmv_(self, mat: Tensor, vec: Tensor, *, beta: _float = 1, alpha: _float = 1, out: Any = None) -> Tensor:
        """In-place version of ``addmv``."""
    def addr(self, vec1: Tensor, vec2: Tensor, *, beta: _float = 1, alpha: _float = 1) -> Tensor:
        """beta * input + alpha * outer(vec1, vec2), in the dtype that is common to all three."""
    def addr_(self, vec1: Tensor, vec2: Tensor, *, beta: _float = 1, alpha: _float = 1, out: Any = None) -> Tensor:
        """In-place version of ``addr``."""
    def adjoint(self) -> Tensor:
        """Each matrix of a batch transposed (complex ones would be conjugated as well): a view."""
    def all(self, dim: Dims = None, keepdim: _bool = False) -> Tensor:
        """Whether all elements are True, or all along some dimensions."""
    def allclose(self, other: Tensor, rtol: _float = 1e-05, atol: _float = 1e-08, equal_nan: _bool = False) -> _bool:
        """Whether ``isclose`` holds for all elements: a Python bool."""
    def amax(self, dim: Dims = ..., keepdim: _bool = False) -> Tensor:
        """The largest along dimensions. Equal ones share the gradient, unlike those of ``max(dim)``."""
    def amin(self, dim: Dims = ..., keepdim: _bool = False) -> Tensor:
        """The smallest along dimensions. Equal ones share the gradient, unlike those of ``min(dim)``."""
    def aminmax(self, *, dim: _int | None = None, keepdim: _bool = False) -> tuple[Tensor, Tensor]:
        """The smallest and the largest at once."""
    def any(self, dim: Dims = None, keepdim: _bool = False) -> Tensor:
        """Whether any element is True, or any along some dimensions."""
    def arccos(self) -> Tensor:
        """y = the angle, from 0 to pi, whose cosine is the input; NaN where there is none"""
    def arccos_(self) -> Tensor:
        """In-place version of ``acos``."""
    def arccosh(self) -> Tensor:
        """y = the number, not negative, whose cosh is the input; NaN below 1"""
    def arccosh_(self, *, out: Any = None) -> Tensor:
        """In-place version of ``acosh``."""
    def arcsin(self) -> Tensor:
        """y = the angle, from -pi/2 to pi/2, whose sine is the input; NaN where there is none"""
    def arcsin_(self) -> Tensor:
        """In-place version of ``asin``."""
    def arcsinh(self) -> Tensor:
        """y = the number whose sinh is the input: like a logarithm, but for both signs"""
    def arcsinh_(self, *, out: Any = None) -> Tensor:
        """In-place version of ``asinh``."""
    def arctan(self) -> Tensor:
        """y = the angle, from -pi/2 to pi/2, whose tangent is the input"""
    def arctan2(self, other: Tensor) -> Tensor:
        """y = the angle of the point with height input and width other, from -pi to pi"""
    def arctan2_(self, other: Tensor) -> Tensor:
        """In-place version of ``atan2``."""
    def arctan_(self) -> Tensor:
        """In-place version of ``atan``."""
    def arctanh(self) -> Tensor:
        """y = the number whose tanh is the input; NaN outside -1 to 1"""
    def arctanh_(self, *, out: Any = None) -> Tensor:
        """In-place version of ``atanh``."""
    def argmax(self, dim: _int | None = None, keepdim: _bool = False) -> Tensor:
        """The index of the largest element, the first of equal ones."""
    def argmin(self, dim: _int | None = None, keepdim: _bool = False) -> Tensor:
        """The index of the smallest element, the first of equal ones."""
    def argsort(self, dim: _int = -1, descending: _bool = False, *, stable: _bool = False) -> Tensor:
        """The indices that would sort a tensor along a dimension."""
    def argwhere(self) -> Tensor:
        """``nonzero`` by NumPy's name."""
    def as_strided(self, size: tuple[_int, ...], stride: tuple[_int, ...], storage_offset: _int | None = None) -> Tensor:
        """The memory of a tensor, seen with a size and strides of your own: a view."""
    def as_strided_(self, size: tuple[_int, ...], stride: tuple[_int, ...], storage_offset: _int | None = None) -> Tensor:
        """``as_strided`` of the tensor itself."""
    def as_strided_scatter(self, src: Tensor, size: tuple[_int, ...], stride: tuple[_int, ...], storage_offset: _int | None = None) -> Tensor:
        """A copy of the tensor, with ``src`` where ``as_strided`` would look."""
    def asin(self) -> Tensor:
        """y = the angle, from -pi/2 to pi/2, whose sine is the input; NaN where there is none"""
    def asin_(self) -> Tensor:
        """In-place version of ``asin``."""
    def asinh(self) -> Tensor:
        """y = the number whose sinh is the input: like a logarithm, but for both signs"""
    def asinh_(self, *, out: Any = None) -> Tensor:
        """In-place version of ``asinh``."""
    def atan(self) -> Tensor:
        """y = the angle, from -pi/2 to pi/2, whose tangent is the input"""
    def atan2(self, other: Tensor) -> Tensor:
        """y = the angle of the point with height input and width other, from -pi to pi"""
    def atan2_(self, other: Tensor) -> Tensor:
        """In-place version of ``atan2``."""
    def atan_(self) -> Tensor:
        """In-place version of ``atan``."""
    def atanh(self) -> Tensor:
        """y = the number whose tanh is the input; NaN outside -1 to 1"""
    def atanh_(self, *, out: Any = None) -> Tensor:
        """In-place version of ``atanh``."""
    def baddbmm(self, batch1: Tensor, batch2: Tensor, *, beta: _float = 1, alpha: _float = 1) -> Tensor:
        """beta * input + alpha * batch1 @ batch2: as ``addmm``, for each pair of two batches."""
    def baddbmm_(self, batch1: Tensor, batch2: Tensor, *, beta: _float = 1, alpha: _float = 1, out: Any = None) -> Tensor:
        """In-place version of ``baddbmm``."""
    def bernoulli(self, p: _float | None = None, *, generator: Generator | None = None, out: Tensor | None = None) -> Tensor:
        """1 with a probability, else 0."""
    def bernoulli_(self, p: Tensor | _float = 0.5, *, generator: Generator | None = None) -> Tensor:
        """Fills with 1 where a coin of probability ``p`` says so, else 0."""
    def bfloat16(self, *, memory_format: devices.memory_format | None = None) -> Tensor:
        """The tensor in torch.bfloat16."""
    def bincount(self, weights: Tensor | None = None, minlength: _int = 0) -> Tensor:
        """How often each of 0, 1, 2 ... occurs in a vector."""
    def bitwise_and(self, other: Tensor | _int) -> Tensor:
        """The bits that are set in input and in other."""
    def bitwise_and_(self, other: Tensor | _int) -> Tensor:
        """In-place version of ``bitwise_and``."""
    def bitwise_left_shift(self, other: Tensor | _int) -> Tensor:
        """y = input * 2^other: the bits moved to the left; those that leave the dtype are lost."""
    def bitwise_left_shift_(self, other: Tensor | _int) -> Tensor:
        """In-place version of ``bitwise_left_shift``."""
    def bitwise_not(self) -> Tensor:
        """The bits that are not set; for bools, not."""
    def bitwise_not_(self) -> Tensor:
        """In-place version of ``bitwise_not``."""
    def bitwise_or(self, other: Tensor | _int) -> Tensor:
        """The bits that are set in input or in other, or in both."""
    def bitwise_or_(self, other: Tensor | _int) -> Tensor:
        """In-place version of ``bitwise_or``."""
    def bitwise_right_shift(self, other: Tensor | _int) -> Tensor:
        """y = floor(input / 2^other): the bits moved to the right."""
    def bitwise_right_shift_(self, other: Tensor | _int) -> Tensor:
        """In-place version of ``bitwise_right_shift``."""
    def bitwise_xor(self, other: Tensor | _int) -> Tensor:
        """The bits that are set in input or in other, but not in both."""
    def bitwise_xor_(self, other: Tensor | _int) -> Tensor:
        """In-place version of ``bitwise_xor``."""
    def bmm(self, mat2: Tensor) -> Tensor:
        """The products of the matrices of two batches: (b, n, k) and (b, k, m) give (b, n, m)."""
    def bool(self, *, memory_format: devices.memory_format | None = None) -> Tensor:
        """The tensor in torch.bool."""
    def broadcast_to(self, *size: _int | tuple[_int, ...]) -> Tensor:
        """``expand`` as a function."""
    def byte(self, *, memory_format: devices.memory_format | None = None) -> Tensor:
        """The tensor in torch.uint8."""
    def cauchy_(self, median: _float = 0.0, sigma: _float = 1.0, *, generator: Generator | None = None) -> Tensor:
        """Fills with numbers of Cauchy's distribution, whose tails are too heavy for a mean."""
    def cdouble(self, *, memory_format: devices.memory_format | None = None) -> Tensor:
        """The tensor in torch.complex128."""
    def ceil(self) -> Tensor:
        """y = the smallest whole number >= input"""
    def ceil_(self) -> Tensor:
        """In-place version of ``ceil``."""
    def cfloat(self, *, memory_format: devices.memory_format | None = None) -> Tensor:
        """The tensor in torch.complex64."""
    def chalf(self, *, memory_format: devices.memory_format | None = None) -> Tensor:
        """The tensor in torch.complex32."""
    def char(self, *, memory_format: devices.memory_format | None = None) -> Tensor:
        """The tensor in torch.int8."""
    def cholesky(self, upper: _bool = False) -> Tensor:
        """Cholesky's factor, by the name before ``torch.linalg.cholesky``: deprecated."""
    def cholesky_inverse(self, upper: _bool = False) -> Tensor:
        """The inverse of A, given its factor of Cholesky."""
    def cholesky_solve(self, input2: Tensor, upper: _bool = False) -> Tensor:
        """The X of A X = B, given A's factor of Cholesky: two triangles to solve with."""
    def chunk(self, chunks: _int, dim: _int = 0) -> tuple[Tensor, ...]:
        """So many parts of the tensor along a dimension, or fewer: views of one size, but the last."""
    def clamp(self, min: Tensor | _float | None = None, max: Tensor | _float | None = None) -> Tensor:
        """y = min(max(input, min), max): values outside of the bounds are moved to the nearer one."""
    def clamp_(self, min: Tensor | _float | None = None, max: Tensor | _float | None = None) -> Tensor:
        """In-place version of ``clamp``."""
    def clamp_max(self, max: Tensor | _float) -> Tensor:
        """y = min(input, max)"""
    def clamp_max_(self, max: Tensor | _float) -> Tensor:
        """In-place version of ``clamp_max``."""
    def clamp_min(self, min: Tensor | _float) -> Tensor:
        """y = max(input, min)"""
    def clamp_min_(self, min: Tensor | _float) -> Tensor:
        """In-place version of ``clamp_min``."""
    def clip(self, min: Tensor | _float | None = None, max: Tensor | _float | None = None) -> Tensor:
        """y = min(max(input, min), max): values outside of the bounds are moved to the nearer one."""
    def clip_(self, min: Tensor | _float | None = None, max: Tensor | _float | None = None) -> Tensor:
        """In-place version of ``clamp``."""
    def clone(self, *, memory_format: devices.memory_format = ...) -> Tensor:
        """A copy of the tensor, through which gradients flow back to it."""
    def conj(self) -> Tensor:
        """The conjugates: of real numbers, the very tensor."""
    def contiguous(self, memory_format: devices.memory_format = ...) -> Tensor:
        """The tensor itself if its elements lie row by row in memory, else a copy in which they do."""
    def copy_(self, other: Tensor, non_blocking: _bool = False) -> Tensor:
        """Overwrites this tensor with the values of another, broadcast and converted."""
    def copysign(self, other: Tensor | _float) -> Tensor:
        """y = |input| with the sign of other, be it the sign of a zero."""
    def copysign_(self, other: Tensor | _float) -> Tensor:
        """In-place version of ``copysign``."""
    def corrcoef(self) -> Tensor:
        """The correlations: covariances divided by both standard deviations, numbers from -1 to 1."""
    def cos(self) -> Tensor:
        """y = the cosine of the input, an angle in radians"""
    def cos_(self) -> Tensor:
        """In-place version of ``cos``."""
    def cosh(self) -> Tensor:
        """y = (e^input + e^-input) / 2: the shape of a hanging chain"""
    def cosh_(self) -> Tensor:
        """In-place version of ``cosh``."""
    def count_nonzero(self, dim: Dims = None) -> Tensor:
        """How many elements are not zero."""
    def cov(self, *, correction: _int = 1, fweights: Tensor | None = None, aweights: Tensor | None = None) -> Tensor:
        """The covariances: C_ij = the sum of (x_i - m_i) (x_j - m_j) / (n - 1), of all rows i and j."""
    def cpu(self, memory_format: devices.memory_format | None = None) -> Tensor:
        """The tensor on the CPU: itself, but for its memory format."""
    def cross(self, other: Tensor, dim: _int | None = None) -> Tensor:
        """The cross product of vectors of three numbers: it stands upright on both."""
    def cuda(self, device: devices.device | str | _int | None = None, non_blocking: _bool = False) -> Tensor:
        """Refuses, as torch does where it has no GPU."""
    def cummax(self, dim: _int) -> tuple[Tensor, Tensor]:
        """The largest so far along a dimension, and its index: of equal ones the last; NaN is largest."""
    def cummin(self, dim: _int) -> tuple[Tensor, Tensor]:
        """The smallest so far along a dimension, and its index: of equal ones the last."""
    def cumprod(self, dim: _int, *, dtype: dtypes.dtype | None = None) -> Tensor:
        """The running product along a dimension: of each element and those before it."""
    def cumprod_(self, dim: Any, *, dtype: Any = None) -> Tensor:
        """In-place version of ``cumprod``."""
    def cumsum(self, dim: _int, *, dtype: dtypes.dtype | None = None) -> Tensor:
        """The running sum along a dimension: each element becomes the sum of it and those before it."""
    def cumsum_(self, dim: Any, *, dtype: Any = None) -> Tensor:
        """In-place version of ``cumsum``."""
    def deg2rad(self) -> Tensor:
        """y = the angle in radians of one in degrees"""
    def deg2rad_(self) -> Tensor:
        """In-place version of ``deg2rad``."""
    def det(self) -> Tensor:
        """The determinant: ``torch.linalg.det``."""
    def diag(self, diagonal: _int = 0) -> Tensor:
        """The diagonal of a matrix, copied; or a matrix with a vector on its diagonal."""
    def diag_embed(self, offset: _int = 0, dim1: _int = -2, dim2: _int = -1) -> Tensor:
        """Matrices with the rows of the tensor on their diagonals, and zeros elsewhere."""
    def diagflat(self, offset: _int = 0) -> Tensor:
        """A matrix with all elements of the tensor on its diagonal."""
    def diagonal(self, offset: _int = 0, dim1: _int = 0, dim2: _int = 1) -> Tensor:
        """The diagonal of a matrix, or of each matrix of a batch: a view."""
    def diagonal_scatter(self, src: Tensor, offset: _int = 0, dim1: _int = 0, dim2: _int = 1) -> Tensor:
        """A copy of the tensor, with ``src`` on a diagonal."""
    def diff(self, n: _int = 1, dim: _int = -1, prepend: Tensor | None = None, append: Tensor | None = None) -> Tensor:
        """What each element is more than the one before it: cumsum undone."""
    def digamma(self) -> Tensor:
        """y = the derivative of lgamma at the input"""
    def digamma_(self) -> Tensor:
        """In-place version of ``digamma``."""
    def dist(self, other: Tensor, p: _float = 2) -> Tensor:
        """How far apart two tensors are: the norm of ``input - other``."""
    def div(self, other: Tensor | _float, *, rounding_mode: str | None = None) -> Tensor:
        """y = input / other, broadcast against each other; integers give floating-point numbers."""
    def div_(self, other: Tensor | _float, *, rounding_mode: str | None = None) -> Tensor:
        """In-place version of ``div``."""
    def divide(self, other: Tensor | _float, *, rounding_mode: str | None = None) -> Tensor:
        """y = input / other, broadcast against each other; integers give floating-point numbers."""
    def divide_(self, other: Tensor | _float, *, rounding_mode: str | None = None) -> Tensor:
        """In-place version of ``div``."""
    def dot(self, tensor: Tensor) -> Tensor:
        """The dot product of two vectors of the same size."""
    def double(self, *, memory_format: devices.memory_format | None = None) -> Tensor:
        """The tensor in torch.float64."""
    def dsplit(self, indices_or_sections: _int | tuple[_int, ...]) -> tuple[Tensor, ...]:
        """Parts behind each other: ``tensor_split`` along the third dimension."""
    def eq(self, other: Tensor | _float) -> Tensor:
        """Where input == other. NaN equals nothing, not even itself."""
    def eq_(self, other: Tensor | _float, *, out: Any = None) -> Tensor:
        """In-place version of ``eq``."""
    def equal(self, other: Tensor) -> _bool:
        """Whether two tensors have the same shape and the same elements: a Python bool."""
    def erf(self) -> Tensor:
        """y = 2 / sqrt(pi) times the integral of e^(-t^2) for t from 0 to input: from -1 to 1"""
    def erf_(self) -> Tensor:
        """In-place version of ``erf``."""
    def erfc(self) -> Tensor:
        """y = 1 - erf(input), with all its digits where that is near 0"""
    def erfc_(self) -> Tensor:
        """In-place version of ``erfc``."""
    def erfinv(self) -> Tensor:
        """y = the number whose erf is the input; NaN where there is none"""
    def erfinv_(self) -> Tensor:
        """In-place version of ``erfinv``."""
    def exp(self) -> Tensor:
        """y = e^input"""
    def exp2(self) -> Tensor:
        """y = 2^input"""
    def exp2_(self) -> Tensor:
        """In-place version of ``exp2``."""
    def exp_(self) -> Tensor:
        """In-place version of ``exp``."""
    def expand(self, *size: _int | tuple[_int, ...]) -> Tensor:
        """The tensor with its dimensions of size 1 repeated, though each element is stored once."""
    def expand_as(self, other: Tensor) -> Tensor:
        """``expand`` to the shape of another tensor."""
    def expm1(self) -> Tensor:
        """y = e^input - 1, with all its digits where the input is near 0"""
    def expm1_(self) -> Tensor:
        """In-place version of ``expm1``."""
    def exponential_(self, lambd: _float = 1.0, *, generator: Generator | None = None) -> Tensor:
        """Fills with waiting times between events of which ``lambd`` happen in a unit of time."""
    def fill_(self, value: _float) -> Tensor:
        """Overwrites every element with one number."""
    def fill_diagonal_(self, fill_value: _float, wrap: _bool = False) -> Tensor:
        """Writes a number on the diagonal, in place."""
    def fix(self) -> Tensor:
        """y = the input without its digits behind the point"""
    def fix_(self) -> Tensor:
        """In-place version of ``trunc``."""
    def flatten(self, start_dim: _int = 0, end_dim: _int = -1) -> Tensor:
        """The tensor with several neighbouring dimensions made one."""
    def flip(self, *dims: _int | tuple[_int, ...]) -> Tensor:
        """A copy with the entries along some dimensions in reverse order."""
    def fliplr(self) -> Tensor:
        """``flip`` from left to right: along the second dimension."""
    def flipud(self) -> Tensor:
        """``flip`` upside down: along the first dimension."""
    def float(self, *, memory_format: devices.memory_format | None = None) -> Tensor:
        """The tensor in torch.float32."""
    def float_power(self, exponent: Tensor | _float) -> Tensor:
        """y = input ^ exponent, computed in float64: whole numbers too may have negative exponents."""
    def float_power_(self, exponent: Tensor | _float) -> Tensor:
        """In-place version of ``float_power``."""
    def floor(self) -> Tensor:
        """y = the largest whole number <= input"""
    def floor_(self) -> Tensor:
        """In-place version of ``floor``."""
    def floor_divide(self, other: Tensor | _float) -> Tensor:
        """y = floor(input / other), broadcast against each other; integers stay integers."""
    def floor_divide_(self, other: Tensor | _float) -> Tensor:
        """In-place version of ``floor_divide``."""
    def fmax(self, other: Tensor) -> Tensor:
        """y = the larger of input and other; where one is NaN, the other."""
    def fmin(self, other: Tensor) -> Tensor:
        """y = the smaller of input and other; where one is NaN, the other."""
    def fmod(self, other: Tensor | _float) -> Tensor:
        """y = input - other * trunc(input / other): what is left over, with the sign of ``input``."""
    def fmod_(self, other: Tensor | _float) -> Tensor:
        """In-place version of ``fmod``."""
    def frac(self) -> Tensor:
        """y = input - trunc(input): the digits behind the point, with the input's sign."""
    def frac_(self) -> Tensor:
        """In-place version of ``frac``."""
    def frexp(self) -> tuple[Tensor, Tensor]:
        """Takes numbers apart: input = mantissa * 2^exponent, with 1/2 <= |mantissa| < 1."""
    def gather(self, dim: _int, index: Tensor, *, sparse_grad: _bool = False) -> Tensor:
        """For each element of ``index``, the element of ``input`` that it names along a dimension."""
    def gcd(self, other: Tensor) -> Tensor:
        """y = the largest integer that divides both"""
    def gcd_(self, other: Tensor) -> Tensor:
        """In-place version of ``gcd``."""
    def ge(self, other: Tensor | _float) -> Tensor:
        """Where input >= other."""
    def ge_(self, other: Tensor | _float, *, out: Any = None) -> Tensor:
        """In-place version of ``ge``."""
    def geometric_(self, p: _float, *, generator: Generator | None = None) -> Tensor:
        """Fills with the number of tries that something of probability ``p`` takes to succeed."""
    def ger(self, vec2: Tensor) -> Tensor:
        """``outer`` by its old name."""
    def get_device(self) -> _int:
        """The number of the GPU that has the tensor; -1 on the CPU."""
    def greater(self, other: Tensor | _float) -> Tensor:
        """Where input > other."""
    def greater_(self, other: Tensor | _float, *, out: Any = None) -> Tensor:
        """In-place version of ``gt``."""
    def greater_equal(self, other: Tensor | _float) -> Tensor:
        """Where input >= other."""
    def greater_equal_(self, other: Tensor | _float, *, out: Any = None) -> Tensor:
        """In-place version of ``ge``."""
    def gt(self, other: Tensor | _float) -> Tensor:
        """Where input > other."""
    def gt_(self, other: Tensor | _float, *, out: Any = None) -> Tensor:
        """In-place version of ``gt``."""
    def half(self, *, memory_format: devices.memory_format | None = None) -> Tensor:
        """The tensor in torch.float16."""
    def hardshrink(self, lambd: _float = 0.5) -> Tensor:
        """y = input where |input| > lambd, else 0"""
    def heaviside(self, values: Tensor) -> Tensor:
        """y = 0 where the input is negative, 1 where it is positive, ``values`` where it is 0."""
    def heaviside_(self, values: Tensor) -> Tensor:
        """In-place version of ``heaviside``."""
    def histc(self, bins: _int = 100, min: _float | Tensor = 0, max: _float | Tensor = 0) -> Tensor:
        """How many elements lie in each of some bins of equal width."""
    def histogram(self, bins: _int | Tensor = 100, *, range: tuple[_float, _float] | None = None, weight: Tensor | None = None, density: _bool = False) -> tuple[Tensor, Tensor]:
        """How many elements lie in each bin, and the bins' edges."""
    def hsplit(self, indices_or_sections: _int | tuple[_int, ...]) -> tuple[Tensor, ...]:
        """Parts side by side: ``tensor_split`` of columns, into equal parts if given their number."""
    def hypot(self, other: Tensor) -> Tensor:
        """y = sqrt(input^2 + other^2), the length of the longest side of a right triangle"""
    def hypot_(self, other: Tensor) -> Tensor:
        """In-place version of ``hypot``."""
    def i0(self) -> Tensor:
        """y = the modified Bessel function of order 0: the mean of e^(input cos t) over a circle"""
    def i0_(self) -> Tensor:
        """In-place version of ``i0``."""
    @property
    def imag(self) -> Tensor:
        """The imaginary parts: RuntimeError, as real numbers have none."""
    def index_add(self, dim: _int, index: Tensor, source: Tensor, *, alpha: _float = 1) -> Tensor:
        """A copy with the entries of ``source`` added to those that the index names."""
    def index_add_(self, *args: Any, **kwargs: Any) -> Tensor:
        """In-place version of ``index_add``."""
    def index_copy(self, dim: _int, index: Tensor, source: Tensor) -> Tensor:
        """A copy with the entries that the index names overwritten by those of ``source``."""
    def index_copy_(self, *args: Any, **kwargs: Any) -> Tensor:
        """In-place version of ``index_copy``."""
    def index_fill(self, dim: _int, index: Tensor, value: Tensor | _float) -> Tensor:
        """A copy with one value in all elements of the entries that the index names."""
    def index_fill_(self, *args: Any, **kwargs: Any) -> Tensor:
        """In-place version of ``index_fill``."""
    def index_put(self, indices: tuple[Tensor, ...], values: Tensor, accumulate: _bool = False) -> Tensor:
        """A copy with ``x[indices] = values`` done to it."""
    def index_put_(self, *args: Any, **kwargs: Any) -> Tensor:
        """In-place version of ``index_put``."""
    def index_select(self, dim: _int, index: Tensor) -> Tensor:
        """Whole entries along a dimension, in any order: a copy."""
    def inner(self, other: Tensor) -> Tensor:
        """The dot products of all vectors that lie along the last dimensions of both."""
    def int(self, *, memory_format: devices.memory_format | None = None) -> Tensor:
        """The tensor in torch.int32."""
    def inverse(self) -> Tensor:
        """The inverse: ``torch.linalg.inv``."""
    def is_complex(self) -> _bool:
        """Whether the elements are complex numbers: never."""
    def is_conj(self) -> _bool:
        """Whether the elements are still to be conjugated: never."""
    def is_distributed(self) -> _bool:
        """Whether several computers hold parts of the tensor: never."""
    def is_neg(self) -> _bool:
        """Whether the elements are still to be negated: never."""
    def is_nonzero(self) -> _bool:
        """Whether the only element is not 0; RuntimeError where there are several."""
    def is_pinned(self) -> _bool:
        """Whether the memory is pinned for copies to a GPU: never."""
    def is_same_size(self, other: Tensor) -> _bool:
        """Whether two tensors have the same shape."""
    def is_set_to(self, tensor: Tensor) -> _bool:
        """Whether another tensor walks through the same memory in the same way."""
    def is_shared(self) -> _bool:
        """Whether other processes see this memory: never."""
    def is_signed(self) -> _bool:
        """Whether the elements can be negative."""
    def isclose(self, other: Tensor, rtol: _float = 1e-05, atol: _float = 1e-08, equal_nan: _bool = False) -> Tensor:
        """Where |input - other| <= atol + rtol * |other|."""
    def isfinite(self) -> Tensor:
        """Where the input is neither infinite nor NaN."""
    def isinf(self) -> Tensor:
        """Where the input is infinite."""
    def isnan(self) -> Tensor:
        """Where the input is NaN, "not a number": what 0 / 0 gives."""
    def isneginf(self) -> Tensor:
        """Where the input is -infinity."""
    def isposinf(self) -> Tensor:
        """Where the input is +infinity."""
    def isreal(self) -> Tensor:
        """Where the input is no complex number: everywhere."""
    def kron(self, other: Tensor) -> Tensor:
        """The Kronecker product: each element of the first times the whole second, side by side."""
    def kthvalue(self, k: _int, dim: _int = -1, keepdim: _bool = False) -> tuple[Tensor, Tensor]:
        """The k-th smallest element along a dimension, and where it is; k = 1 is the smallest."""
    def lcm(self, other: Tensor) -> Tensor:
        """y = the smallest integer that both divide"""
    def lcm_(self, other: Tensor) -> Tensor:
        """In-place version of ``lcm``."""
    def ldexp(self, other: Tensor) -> Tensor:
        """y = input * 2^other"""
    def ldexp_(self, other: Tensor) -> Tensor:
        """In-place version of ``ldexp``."""
    def le(self, other: Tensor | _float) -> Tensor:
        """Where input <= other."""
    def le_(self, other: Tensor | _float, *, out: Any = None) -> Tensor:
        """In-place version of ``le``."""
    def lerp(self, end: Tensor, weight: Tensor | _float) -> Tensor:
        """y = input + weight * (end - input): a point on the line from input to end."""
    def lerp_(self, end: Tensor, weight: Tensor | _float) -> Tensor:
        """In-place version of ``lerp``."""
    def less(self, other: Tensor | _float) -> Tensor:
        """Where input < other."""
    def less_(self, other: Tensor | _float, *, out: Any = None) -> Tensor:
        """In-place version of ``lt``."""
    def less_equal(self, other: Tensor | _float) -> Tensor:
        """Where input <= other."""
    def less_equal_(self, other: Tensor | _float, *, out: Any = None) -> Tensor:
        """In-place version of ``le``."""
    def lgamma(self) -> Tensor:
        """y = ln |G(input)|, where G is the gamma function: of whole numbers, G(n) = (n - 1)!"""
    def lgamma_(self) -> Tensor:
        """In-place version of ``lgamma``."""
    def log(self) -> Tensor:
        """y = ln(input): NaN for negative numbers, -infinity for 0"""
    def log10(self) -> Tensor:
        """y = the logarithm of the input to base 10"""
    def log10_(self) -> Tensor:
        """In-place version of ``log10``."""
    def log1p(self) -> Tensor:
        """y = ln(1 + input), with all its digits where the input is near 0"""
    def log1p_(self) -> Tensor:
        """In-place version of ``log1p``."""
    def log2(self) -> Tensor:
        """y = the logarithm of the input to base 2"""
    def log2_(self) -> Tensor:
        """In-place version of ``log2``."""
    def log_(self) -> Tensor:
        """In-place version of ``log``."""
    def log_normal_(self, mean: _float = 1.0, std: _float = 2.0, *, generator: Generator | None = None) -> Tensor:
        """Fills with numbers whose logarithms are normal, of this mean and standard deviation."""
    def log_softmax(self, dim: _int, dtype: dtypes.dtype | None = None) -> Tensor:
        """y = log(softmax(input)), in a way that stays finite where the softmax rounds to 0."""
    def logaddexp(self, other: Tensor) -> Tensor:
        """y = ln(e^input + e^other), without ever making those large numbers"""
    def logaddexp2(self, other: Tensor) -> Tensor:
        """y = log2(2^input + 2^other)"""
    def logcumsumexp(self, dim: _int) -> Tensor:
        """y_i = ln(e^input_0 + ... + e^input_i) along a dimension, without overflow."""
    def logdet(self) -> Tensor:
        """The logarithm of the determinant: NaN if that is negative, minus infinity if it is 0."""
    def logical_and(self, other: Tensor) -> Tensor:
        """Where input and other are both True."""
    def logical_and_(self, other: Tensor) -> Tensor:
        """In-place version of ``logical_and``."""
    def logical_not(self) -> Tensor:
        """Where the input is not True."""
    def logical_not_(self) -> Tensor:
        """In-place version of ``logical_not``."""
    def logical_or(self, other: Tensor) -> Tensor:
        """Where input or other is True, or both."""
    def logical_or_(self, other: Tensor) -> Tensor:
        """In-place version of ``logical_or``."""
    def logical_xor(self, other: Tensor) -> Tensor:
        """Where input or other is True, but not both."""
    def logical_xor_(self, other: Tensor) -> Tensor:
        """In-place version of ``logical_xor``."""
    def logit(self, eps: _float | None = None) -> Tensor:
        """y = ln(input / (1 - input)): the number whose sigmoid is the input"""
    def logit_(self, eps: _float | None = None) -> Tensor:
        """In-place version of ``logit``."""
    def logsumexp(self, dim: Dims, keepdim: _bool = False) -> Tensor:
        """y = ln(sum of e^input) along dimensions, safe for large and for very negative numbers."""
    def long(self, *, memory_format: devices.memory_format | None = None) -> Tensor:
        """The tensor in torch.int64."""
    def lt(self, other: Tensor | _float) -> Tensor:
        """Where input < other."""
    def lt_(self, other: Tensor | _float, *, out: Any = None) -> Tensor:
        """In-place version of ``lt``."""
    @property
    def mH(self) -> Tensor:
        """Each matrix of a batch transposed (complex ones would be conjugated as well): a view."""
    @property
    def mT(self) -> Tensor:
        """The tensor with its last two dimensions exchanged: each matrix of a batch transposed."""
    def masked_fill(self, mask: Tensor, value: Tensor | _float) -> Tensor:
        """A copy with one value wherever the mask is True."""
    def masked_fill_(self, *args: Any, **kwargs: Any) -> Tensor:
        """In-place version of ``masked_fill``."""
    def masked_scatter(self, mask: Tensor, source: Tensor) -> Tensor:
        """A copy with the first elements of ``source``, in order, wherever the mask is True."""
    def masked_scatter_(self, *args: Any, **kwargs: Any) -> Tensor:
        """In-place version of ``masked_scatter``."""
    def masked_select(self, mask: Tensor) -> Tensor:
        """The elements where the mask is True, in one dimension: a copy."""
    def matmul(self, other: Tensor) -> Tensor:
        """input @ other: the product of two matrices, vectors, or batches of matrices."""
    def matrix_exp(self) -> Tensor:
        """The exponential of a matrix: ``torch.linalg.matrix_exp``."""
    def matrix_power(self, n: _int) -> Tensor:
        """The product of n copies of a matrix: ``torch.linalg.matrix_power``."""
    def max(self, dim: _int | Tensor | None = None, keepdim: _bool = False, *, other: Tensor | None = None) -> Tensor | tuple[Tensor, Tensor]:
        """The largest element; or the largest along a dimension, with its index; NaN is the largest."""
    def maximum(self, other: Tensor) -> Tensor:
        """y = the larger of input and other, broadcast against each other; NaN where either is NaN."""
    def mean(self, dim: Dims = None, keepdim: _bool = False, *, dtype: dtypes.dtype | None = None) -> Tensor:
        """The mean of all elements, or of those along some dimensions; NaN where there are none."""
    def median(self, dim: _int | None = None, keepdim: _bool = False) -> Tensor | tuple[Tensor, Tensor]:
        """The element in the middle; or the one along a dimension, with its index."""
    def min(self, dim: _int | Tensor | None = None, keepdim: _bool = False, *, other: Tensor | None = None) -> Tensor | tuple[Tensor, Tensor]:
        """The smallest element; or the smallest along a dimension, with its index; NaN is the smallest."""
    def minimum(self, other: Tensor) -> Tensor:
        """y = the smaller of input and other, broadcast against each other; NaN where either is NaN."""
    def mm(self, mat2: Tensor) -> Tensor:
        """The product of two matrices."""
    def mode(self, dim: _int = -1, keepdim: _bool = False) -> tuple[Tensor, Tensor]:
        """The most frequent element along a dimension, the smallest of several; and where it is."""
    def moveaxis(self, source: _int | tuple[_int, ...], destination: _int | tuple[_int, ...]) -> Tensor:
        """``movedim`` by NumPy's name."""
    def movedim(self, source: _int | tuple[_int, ...], destination: _int | tuple[_int, ...]) -> Tensor:
        """The tensor with some dimensions moved, and the others in their order around them: a view."""
    def msort(self) -> Tensor:
        """The elements along the first dimension in order: ``sort(0)`` without the indices."""
    def mul(self, other: Tensor | _float) -> Tensor:
        """y = input * other, element by element, broadcast against each other."""
    def mul_(self, other: Tensor | _float) -> Tensor:
        """In-place version of ``mul``."""
    def multinomial(self, num_samples: _int, replacement: _bool = False, *, generator: Generator | None = None, out: Tensor | None = None) -> Tensor:
        """Indices drawn from the probabilities in each row."""
    def multiply(self, other: Tensor | _float) -> Tensor:
        """y = input * other, element by element, broadcast against each other."""
    def multiply_(self, other: Tensor | _float) -> Tensor:
        """In-place version of ``mul``."""
    def mv(self, vec: Tensor) -> Tensor:
        """The product of a matrix (n, k) and a vector (k)."""
    def mvlgamma(self, p: _int) -> Tensor:
        """y = the logarithm of the multivariate gamma function of p dimensions"""
    def mvlgamma_(self, p: _int) -> Tensor:
        """In-place version of ``mvlgamma``."""
    def nan_to_num(self, nan: _float = 0.0, posinf: _float | None = None, neginf: _float | None = None) -> Tensor:
        """y = input, where it is finite; numbers in place of what is not."""
    def nan_to_num_(self, nan: _float = 0.0, posinf: _float | None = None, neginf: _float | None = None) -> Tensor:
        """In-place version of ``nan_to_num``."""
    def nanmean(self, dim: Dims = None, keepdim: _bool = False, *, dtype: dtypes.dtype | None = None) -> Tensor:
        """The mean of the elements that are not NaN, over all or along some dimensions."""
    def nanmedian(self, dim: _int | None = None, keepdim: _bool = False) -> Tensor | tuple[Tensor, Tensor]:
        """As ``median``, of the elements that are not NaN."""
    def nanquantile(self, q: _float | Tensor, dim: _int | None = None, keepdim: _bool = False, *, interpolation: str = 'linear') -> Tensor:
        """As ``quantile``, of the elements that are not NaN."""
    def nansum(self, dim: Dims = None, keepdim: _bool = False, *, dtype: dtypes.dtype | None = None) -> Tensor:
        """The sum of the elements that are not NaN, over all or along some dimensions."""
    def narrow(self, dim: _int, start: _int, length: _int) -> Tensor:
        """Some neighbouring entries along a dimension: a view."""
    def narrow_copy(self, dim: _int, start: _int, length: _int) -> Tensor:
        """``narrow``, but a copy."""
    def ne(self, other: Tensor | _float) -> Tensor:
        """Where input != other."""
    def ne_(self, other: Tensor | _float, *, out: Any = None) -> Tensor:
        """In-place version of ``ne``."""
    def neg(self) -> Tensor:
        """y = -input"""
    def neg_(self) -> Tensor:
        """In-place version of ``neg``."""
    def negative(self) -> Tensor:
        """y = -input"""
    def negative_(self) -> Tensor:
        """In-place version of ``neg``."""
    def new(self, *data: object, device: Device = None) -> Tensor:
        """The old way to say ``new_empty(size)`` or ``new_tensor(list)``."""
    def new_empty(self, *args: Any, dtype: dtypes.dtype | None = None, **options: Any) -> Tensor:
        """As ``torch.empty``, of this tensor's dtype."""
    def new_empty_strided(self, *args: Any, dtype: dtypes.dtype | None = None, **options: Any) -> Tensor:
        """As ``torch.empty_strided``, of this tensor's dtype."""
    def new_full(self, *args: Any, dtype: dtypes.dtype | None = None, **options: Any) -> Tensor:
        """As ``torch.full``, of this tensor's dtype."""
    def new_ones(self, *args: Any, dtype: dtypes.dtype | None = None, **options: Any) -> Tensor:
        """As ``torch.ones``, of this tensor's dtype."""
    def new_tensor(self, data: object, *, dtype: dtypes.dtype | None = None, device: Device = None, requires_grad: _bool = False, layout: devices.layout | None = None, pin_memory: _bool = False) -> Tensor:
        """As ``torch.tensor``, of this tensor's dtype."""
    def new_zeros(self, *args: Any, dtype: dtypes.dtype | None = None, **options: Any) -> Tensor:
        """As ``torch.zeros``, of this tensor's dtype."""
    def nextafter(self, other: Tensor) -> Tensor:
        """y = the floating-point number next to input, in the direction of other."""
    def nextafter_(self, other: Tensor) -> Tensor:
        """In-place version of ``nextafter``."""
    def nonzero(self, *, as_tuple: _bool = False) -> Tensor | tuple[Tensor, ...]:
        """Where the elements are that are not zero."""
    def norm(self, p: Any = 'fro', dim: Any = None, keepdim: Any = False, dtype: Any = None) -> Tensor:
        """The length of a vector: the p-th root of the sum of all |x|^p."""
    def normal_(self, mean: _float = 0.0, std: _float = 1.0, *, generator: Generator | None = None) -> Tensor:
        """Fills with normal numbers."""
    def not_equal(self, other: Tensor | _float) -> Tensor:
        """Where input != other."""
    def not_equal_(self, other: Tensor | _float, *, out: Any = None) -> Tensor:
        """In-place version of ``ne``."""
    def outer(self, vec2: Tensor) -> Tensor:
        """The matrix of all products of an element of one vector and one of another."""
    def permute(self, *dims: _int | tuple[_int, ...]) -> Tensor:
        """The tensor with its dimensions in another order: a view."""
    def pin_memory(self) -> Tensor:
        """Refuses, as torch does where it has no GPU to copy to."""
    def pinverse(self, rcond: _float = 1e-15) -> Tensor:
        """The pseudoinverse: ``torch.linalg.pinv``, but with a tolerance that suits float64 alone."""
    def polygamma(self, n: _int) -> Tensor:
        """polygamma"""
    def polygamma_(self, n: _int) -> Tensor:
        """In-place version of ``polygamma``."""
    def positive(self) -> Tensor:
        """y = +input: the tensor itself."""
    def pow(self, exponent: Tensor | _float) -> Tensor:
        """y = input ^ exponent, broadcast against each other."""
    def pow_(self, exponent: Tensor | _float) -> Tensor:
        """In-place version of ``pow``."""
    def prelu(self, weight: Tensor) -> Tensor:
        """y = input where that is positive, else weight input"""
    def prod(self, dim: _int | None = None, keepdim: _bool = False, *, dtype: dtypes.dtype | None = None) -> Tensor:
        """The product of all elements, or of those along one dimension."""
    def put(self, index: Tensor, source: Tensor, accumulate: _bool = False) -> Tensor:
        """A copy with the elements of these numbers, counted row by row, overwritten."""
    def put_(self, *args: Any, **kwargs: Any) -> Tensor:
        """In-place version of ``put``."""
    def qr(self, some: _bool = True) -> tuple[Tensor, Tensor]:
        """Q and R, by the name before ``torch.linalg.qr``: deprecated."""
    def quantile(self, q: _float | Tensor, dim: _int | None = None, keepdim: _bool = False, *, interpolation: str = 'linear') -> Tensor:
        """The value below which a share q of the elements lies."""
    def rad2deg(self) -> Tensor:
        """y = the angle in degrees of one in radians"""
    def rad2deg_(self) -> Tensor:
        """In-place version of ``rad2deg``."""
    def random_(self, from_: _int = ..., to: _int | None = ..., *, generator: Generator | None = None) -> Tensor:
        """Fills with integers: ``random_(to)`` from 0, ``random_(from_, to)``; below ``to``."""
    def ravel(self) -> Tensor:
        """All elements in one dimension."""
    @property
    def real(self) -> Tensor:
        """The real parts: of real numbers, the very tensor."""
    def reciprocal(self) -> Tensor:
        """y = 1 / input"""
    def reciprocal_(self) -> Tensor:
        """In-place version of ``reciprocal``."""
    def relu(self) -> Tensor:
        """y = max(input, 0)"""
    def relu_(self) -> Tensor:
        """In-place version of ``relu``."""
    def remainder(self, other: Tensor | _float) -> Tensor:
        """y = input - other * floor(input / other): what is left over, with the sign of ``other``."""
    def remainder_(self, other: Tensor | _float) -> Tensor:
        """In-place version of ``remainder``."""
    def renorm(self, p: _float, dim: _int, maxnorm: _float) -> Tensor:
        """Makes every slice along ``dim`` whose norm is larger than ``maxnorm`` as short as that."""
    def renorm_(self, p: _float, dim: _int, maxnorm: _float, *, out: Any = None) -> Tensor:
        """In-place version of ``renorm``."""
    def repeat(self, *repeats: _int | tuple[_int, ...]) -> Tensor:
        """The tensor as a tile, laid so many times along each dimension."""
    def repeat_interleave(self, repeats: _int | Tensor | None = None, dim: _int | None = None, *, output_size: _int | None = None) -> Tensor:
        """Each element (or row, or column) several times in a row."""
    def reshape(self, *shape: _int | tuple[_int, ...]) -> Tensor:
        """The tensor in another shape: a view where strides allow it, else a copy."""
    def reshape_as(self, other: Tensor) -> Tensor:
        """``reshape`` to the shape of another tensor."""
    def resize_(self, *size: _int | tuple[_int, ...]) -> Tensor:
        """Gives the tensor another size: it then sees as much of its memory as that takes."""
    def resize_as_(self, the_template: Tensor) -> Tensor:
        """``resize_`` to the size of another tensor."""
    def resolve_conj(self) -> Tensor:
        """The tensor, conjugated if that was still to be done: the very tensor."""
    def resolve_neg(self) -> Tensor:
        """The tensor, negated if that was still to be done: the very tensor."""
    def roll(self, shifts: _int | tuple[_int, ...], dims: _int | tuple[_int, ...] | None = None) -> Tensor:
        """A copy with the entries moved along; those that leave at one end come in at the other."""
    def rot90(self, k: _int = 1, dims: tuple[_int, ...] = ...) -> Tensor:
        """A copy, turned by quarters from the first of two dimensions towards the second."""
    def round(self, *, decimals: _int = 0) -> Tensor:
        """y = the whole number nearest to the input; halfway between two, the even one."""
    def round_(self, *, decimals: _int = 0) -> Tensor:
        """In-place version of ``round``."""
    def rsqrt(self) -> Tensor:
        """y = 1 / sqrt(input)"""
    def rsqrt_(self) -> Tensor:
        """In-place version of ``rsqrt``."""
    def scatter(self, dim: _int, index: Tensor, src: Tensor | _float | None = None, *, value: _float | None = None, reduce: str = '') -> Tensor:
        """A copy of the tensor with the elements that ``index`` names along a dimension overwritten."""
    def scatter_(self, *args: Any, **kwargs: Any) -> Tensor:
        """In-place version of ``scatter``."""
    def scatter_add(self, dim: _int, index: Tensor, src: Tensor) -> Tensor:
        """As ``scatter``, but adds; an element that is named several times gets it all."""
    def scatter_add_(self, *args: Any, **kwargs: Any) -> Tensor:
        """In-place version of ``scatter_add``."""
    def scatter_reduce(self, dim: _int, index: Tensor, src: Tensor, reduce: str, *, include_self: _bool = True) -> Tensor:
        """As ``scatter_add``, for other reductions than the sum."""
    def scatter_reduce_(self, *args: Any, **kwargs: Any) -> Tensor:
        """In-place version of ``scatter_reduce``."""
    def select(self, dim: _int, index: _int) -> Tensor:
        """The entry at an index along a dimension, which is gone then: a view."""
    def select_scatter(self, src: Tensor, dim: _int, index: _int) -> Tensor:
        """A copy of the tensor, with ``src`` as the entry at an index along a dimension."""
    def set_(self, source: Tensor | UntypedStorage | TypedStorage | None = None, storage_offset: _int = 0, size: tuple[_int, ...] | None = None, stride: tuple[_int, ...] | None = None) -> Tensor:
        """Makes the tensor another walk, through other memory. Nothing is copied."""
    def sgn(self) -> Tensor:
        """y = the sign of the input, as ``sign``; they differ for complex numbers"""
    def sgn_(self) -> Tensor:
        """In-place version of ``sgn``."""
    def share_memory_(self) -> Tensor:
        """Nothing to do: processes that are forked see the memory as it was."""
    def short(self, *, memory_format: devices.memory_format | None = None) -> Tensor:
        """The tensor in torch.int16."""
    def sigmoid(self) -> Tensor:
        """y = 1 / (1 + e^-input): from 0 to 1"""
    def sigmoid_(self) -> Tensor:
        """In-place version of ``sigmoid``."""
    def sign(self) -> Tensor:
        """y = 1 where the input is positive, -1 where it is negative, 0 where it is neither"""
    def sign_(self) -> Tensor:
        """In-place version of ``sign``."""
    def signbit(self) -> Tensor:
        """Where the input has a minus: -0 has one too."""
    def sin(self) -> Tensor:
        """y = the sine of the input, an angle in radians"""
    def sin_(self) -> Tensor:
        """In-place version of ``sin``."""
    def sinc(self) -> Tensor:
        """y = sin(pi input) / (pi input), and 1 at 0"""
    def sinc_(self) -> Tensor:
        """In-place version of ``sinc``."""
    def sinh(self) -> Tensor:
        """y = (e^input - e^-input) / 2"""
    def sinh_(self) -> Tensor:
        """In-place version of ``sinh``."""
    def slice_scatter(self, src: Tensor, dim: _int = 0, start: _int | None = None, end: _int | None = None, step: _int = 1) -> Tensor:
        """A copy of the tensor, with ``src`` in a slice of a dimension."""
    def slogdet(self) -> tuple[Tensor, Tensor]:
        """The determinant's sign and the logarithm of its magnitude: ``torch.linalg.slogdet``."""
    def softmax(self, dim: _int, dtype: dtypes.dtype | None = None) -> Tensor:
        """y = exp(input) / sum of exp(input) along ``dim``: positive numbers whose sum is 1."""
    def sort(self, dim: _int = -1, descending: _bool = False, *, stable: _bool | None = False) -> tuple[Tensor, Tensor]:
        """The elements along a dimension in order, and where each of them was."""
    def split(self, split_size_or_sections: _int | list[_int], dim: _int = 0) -> tuple[Tensor, ...]:
        """Parts of the tensor along a dimension: views."""
    def split_with_sizes(self, split_sizes: list[_int] | tuple[_int, ...], dim: _int = 0) -> tuple[Tensor, ...]:
        """``split`` into parts of these sizes."""
    def sqrt(self) -> Tensor:
        """y = the square root of the input: NaN for negative numbers"""
    def sqrt_(self) -> Tensor:
        """In-place version of ``sqrt``."""
    def square(self) -> Tensor:
        """y = input * input"""
    def square_(self) -> Tensor:
        """In-place version of ``square``."""
    def squeeze(self, dim: _int | tuple[_int, ...] | None = None) -> Tensor:
        """The tensor without dimensions of size 1."""
    def squeeze_(self, dim: _int | tuple[_int, ...] | None = None) -> Tensor:
        """``squeeze`` of the tensor itself, which is in another shape afterwards."""
    def std(self, dim: Dims = None, unbiased: _bool | None = None, keepdim: _bool = False, *, correction: _float | None = None) -> Tensor:
        """The standard deviation: the square root of the variance."""
    def storage(self) -> TypedStorage:
        """The same as numbers. It is deprecated: say ``untyped_storage()``."""
    def storage_offset(self) -> _int:
        """How many elements lie in memory before the first one of this view."""
    def sub(self, other: Tensor | _float, *, alpha: _float = 1) -> Tensor:
        """y = input - alpha * other, broadcast against each other."""
    def sub_(self, other: Tensor | _float, *, alpha: _float = 1) -> Tensor:
        """In-place version of ``sub``."""
    def subtract(self, other: Tensor | _float, *, alpha: _float = 1) -> Tensor:
        """y = input - alpha * other, broadcast against each other."""
    def subtract_(self, other: Tensor | _float, *, alpha: _float = 1) -> Tensor:
        """In-place version of ``sub``."""
    def sum(self, dim: Dims = None, keepdim: _bool = False, *, dtype: dtypes.dtype | None = None) -> Tensor:
        """The sum of all elements, or of those along some dimensions."""
    def sum_to_size(self, *size: _int | tuple[_int, ...]) -> Tensor:
        """The opposite of ``expand``: sums over the dimensions that would have been repeated."""
    def svd(self, some: _bool = True, compute_uv: _bool = True) -> tuple[Tensor, Tensor, Tensor]:
        """Singular values, by the name before ``torch.linalg.svd``: A = U diag(S) V^T."""
    def swapaxes(self, axis0: _int, axis1: _int) -> Tensor:
        """``transpose`` by NumPy's name."""
    def swapaxes_(self, axis0: _int, axis1: _int) -> Tensor:
        """``transpose_`` by NumPy's name."""
    def swapdims(self, dim0: _int, dim1: _int) -> Tensor:
        """``transpose`` by another name."""
    def swapdims_(self, dim0: _int, dim1: _int) -> Tensor:
        """``transpose`` of the tensor itself."""
    def t(self) -> Tensor:
        """The transpose of a matrix: a view. A vector stays what it is."""
    def t_(self) -> Tensor:
        """``t`` of the matrix itself."""
    def take(self, index: Tensor) -> Tensor:
        """The elements of these numbers, counted row by row; -1 is the last."""
    def take_along_dim(self, indices: Tensor, dim: _int | None = None) -> Tensor:
        """As ``gather``, with input and indices broadcast against each other in other dimensions."""
    def tan(self) -> Tensor:
        """y = sin(input) / cos(input)"""
    def tan_(self) -> Tensor:
        """In-place version of ``tan``."""
    def tanh(self) -> Tensor:
        """y = (e^x - e^-x) / (e^x + e^-x): from -1 to 1"""
    def tanh_(self) -> Tensor:
        """In-place version of ``tanh``."""
    def tensor_split(self, indices_or_sections: _int | tuple[_int, ...] | Tensor, dim: _int = 0) -> tuple[Tensor, ...]:
        """So many parts of the tensor along a dimension, as equal as possible; or parts cut at indices."""
    def tile(self, *dims: _int | tuple[_int, ...]) -> Tensor:
        """``repeat``, where dimensions that ``dims`` leaves out in front are not repeated."""
    def to(self, *target: dtypes.dtype | devices.device | str | Tensor | _bool | None, dtype: dtypes.dtype | None = None, device: devices.device | str | _int | None = None, non_blocking: _bool = False, copy: _bool = False, memory_format: devices.memory_format | None = None) -> Tensor:
        """The tensor with another dtype or device: itself, if it has those already."""
    def topk(self, k: _int, dim: _int = -1, largest: _bool = True, sorted: _bool = True) -> tuple[Tensor, Tensor]:
        """The k largest elements along a dimension, and where they are."""
    def trace(self) -> Tensor:
        """The sum of a matrix's diagonal."""
    def transpose(self, dim0: _int, dim1: _int) -> Tensor:
        """The tensor with two dimensions exchanged: a view."""
    def transpose_(self, dim0: _int, dim1: _int) -> Tensor:
        """``transpose`` of the tensor itself."""
    def tril(self, diagonal: _int = 0) -> Tensor:
        """The lower triangle of a matrix, or of each matrix of a batch; the rest is zero."""
    def tril_(self, diagonal: _int = 0) -> Tensor:
        """In-place version of ``tril``."""
    def triu(self, diagonal: _int = 0) -> Tensor:
        """The upper triangle of a matrix, or of each matrix of a batch; the rest is zero."""
    def triu_(self, diagonal: _int = 0) -> Tensor:
        """In-place version of ``triu``."""
    def true_divide(self, other: Tensor | _float) -> Tensor:
        """y = input / other: ``div`` without rounding."""
    def true_divide_(self, other: Tensor | _float) -> Tensor:
        """In-place version of ``true_divide``."""
    def trunc(self) -> Tensor:
        """y = the input without its digits behind the point"""
    def trunc_(self) -> Tensor:
        """In-place version of ``trunc``."""
    def type(self, dtype: dtypes.dtype | type | str | None = None, non_blocking: _bool = False) -> Tensor | str:
        """The old name of the dtype, such as 'torch.FloatTensor'; or the tensor in another dtype."""
    def type_as(self, other: Tensor) -> Tensor:
        """The tensor in the dtype of another one."""
    def unbind(self, dim: _int = 0) -> tuple[Tensor, ...]:
        """The entries along a dimension, as a tuple: views."""
    def unflatten(self, dim: _int, sizes: tuple[_int, ...]) -> Tensor:
        """The tensor with one dimension made several."""
    def unfold(self, dimension: _int, size: _int, step: _int) -> Tensor:
        """Windows that slide along a dimension; what they show is a new, last dimension: a view."""
    def uniform_(self, from_: _float = 0.0, to: _float = 1.0, *, generator: Generator | None = None) -> Tensor:
        """Fills with uniform numbers from ``from_`` to below ``to``."""
    def unique(self, sorted: _bool = True, return_inverse: _bool = False, return_counts: _bool = False, dim: _int | None = None) -> Tensor | tuple[Tensor, ...]:
        """The different elements of a tensor, each once, in order."""
    def unique_consecutive(self, return_inverse: _bool = False, return_counts: _bool = False, dim: _int | None = None) -> Tensor | tuple[Tensor, ...]:
        """The elements of a tensor without those that equal the one before."""
    def unsafe_chunk(self, chunks: _int, dim: _int = 0) -> tuple[Tensor, ...]:
        """``chunk`` whose parts may be changed in place, as by ``unsafe_split``."""
    def unsafe_split(self, split_size: _int, dim: _int = 0) -> tuple[Tensor, ...]:
        """``split`` whose parts may be changed in place, though the tensor's gradient misses that."""
    def unsafe_split_with_sizes(self, split_sizes: list[_int] | tuple[_int, ...], dim: _int = 0) -> tuple[Tensor, ...]:
        """``split_with_sizes`` whose parts may be changed in place, as by ``unsafe_split``."""
    def unsqueeze(self, dim: _int) -> Tensor:
        """The tensor with one more dimension, of size 1."""
    def unsqueeze_(self, dim: _int) -> Tensor:
        """``unsqueeze`` of the tensor itself."""
    def untyped_storage(self) -> UntypedStorage:
        """The memory that this tensor and all views of it share."""
    def var(self, dim: Dims = None, unbiased: _bool | None = None, keepdim: _bool = False, *, correction: _float | None = None) -> Tensor:
        """The variance: the mean square of the distances from the mean, divided by n - 1, not n."""
    def vdot(self, other: Tensor) -> Tensor:
        """The dot product of two vectors: for real numbers the same as ``dot``."""
    def view(self, *size: _int | tuple[_int, ...] | dtypes.dtype) -> Tensor:
        """The same memory in another shape; RuntimeError where that needs a copy."""
    def view_as(self, other: Tensor) -> Tensor:
        """``view`` in the shape of another tensor."""
    def vsplit(self, indices_or_sections: _int | tuple[_int, ...]) -> tuple[Tensor, ...]:
        """Parts below each other: ``tensor_split`` of rows."""
    def where(self, condition: Tensor, other: Tensor | _float) -> Tensor:
        """where"""
    def xlogy(self, other: Tensor | _float) -> Tensor:
        """y = input * ln(other), and 0 where the input is 0: even where the logarithm is infinite"""
    def xlogy_(self, other: Tensor | _float) -> Tensor:
        """In-place version of ``xlogy``."""
    def xpu(self, device: devices.device | str | _int | None = None, non_blocking: _bool = False) -> Tensor:
        """Refuses, as torch does where it has no such processor."""
    def zero_(self) -> Tensor:
        """Overwrites every element with 0."""
