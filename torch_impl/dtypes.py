"""The kinds of numbers a tensor can hold: torch's own.

A dtype is a name for the layout of one number in memory, so there is nothing here to write out by
hand. What is worth trying is what happens when two of them meet:

>>> torch.promote_types(torch.int64, torch.float16)
torch.float16
>>> x, y = torch.ones(3, dtype=torch.int64), torch.tensor(1.0, dtype=torch.float64)
>>> torch.result_type(x, y), torch.result_type(x, 2.5)
(torch.float64, torch.float32)
>>> torch.can_cast(torch.float32, torch.int64)
False
"""

from torch import (
    bfloat16,
    bool,
    can_cast,
    cdouble,
    cfloat,
    chalf,
    complex32,
    complex64,
    complex128,
    double,
    dtype,
    finfo,
    float,
    float16,
    float32,
    float64,
    get_default_dtype,
    half,
    iinfo,
    int,
    int8,
    int16,
    int32,
    int64,
    long,
    promote_types,
    qint8,
    qint32,
    quint8,
    result_type,
    set_default_dtype,
    short,
    uint8,
    uint16,
    uint32,
    uint64,
)

__all__ = [
    "dtype",
    "float16",
    "half",
    "float32",
    "float",
    "float64",
    "double",
    "uint8",
    "int8",
    "int16",
    "short",
    "int32",
    "int",
    "int64",
    "long",
    "bool",
    "bfloat16",
    "complex32",
    "chalf",
    "complex64",
    "cfloat",
    "complex128",
    "cdouble",
    "uint16",
    "uint32",
    "uint64",
    "qint8",
    "quint8",
    "qint32",
    "finfo",
    "iinfo",
    "promote_types",
    "result_type",
    "can_cast",
    "get_default_dtype",
    "set_default_dtype",
]
