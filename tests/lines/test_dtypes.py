"""Lines about dtypes, and about devices and memory formats."""

from tests.expressions import alike

test_names = alike(
    """
torch.strided
torch.sparse_coo
torch.contiguous_format
torch.preserve_format
torch.channels_last
torch.channels_last_3d
torch.finfo(torch.bfloat16)
torch.finfo(torch.float16)
torch.finfo(torch.float32)
torch.finfo(torch.float64)
torch.finfo()
torch.finfo(torch.complex64)
torch.finfo(torch.int8)
torch.finfo(torch.float32).dtype
torch.finfo(torch.float32).smallest_normal
torch.finfo(torch.float32).resolution
torch.finfo(torch.float32).bits
torch.iinfo(torch.uint8)
torch.iinfo(torch.int64)
torch.iinfo(torch.bool)
torch.iinfo(torch.float32)
torch.iinfo(torch.qint8)
torch.iinfo(torch.uint16)
torch.finfo(type=torch.float32)
torch.finfo(torch.float32)==torch.finfo(torch.float32)
torch.finfo(torch.float32)!=torch.finfo(torch.float64)
torch.finfo(torch.float32).foo
torch.float32.to_complex()
torch.int8.to_complex()
torch.float32.to_real()
torch.complex64.to_real()
torch.int32.to_real()
torch.float32.itemsize
torch.complex64.itemsize
torch.bfloat16.itemsize
torch.cfloat
torch.cdouble
torch.chalf
torch.uint16
torch.qint8
torch.quint8
torch.qint32
torch.dtype()
torch.dtype("float32")
torch.float32()
torch.float32 == "torch.float32"
torch.float32 == numpy.float32
str(torch.float32)
f"{torch.float32}"
f"{torch.float32:>20}"
hash(torch.float32) == hash(torch.float)
torch.promote_types(torch.complex64,torch.float64)
torch.promote_types(torch.bfloat16,torch.float16)
torch.promote_types(torch.bfloat16,torch.int64)
torch.promote_types(torch.complex32,torch.bfloat16)
torch.promote_types(torch.uint16,torch.int8)
torch.promote_types(torch.qint8,torch.float32)
torch.promote_types(torch.qint8,torch.qint8)
torch.result_type(torch.ones(2),1j)
torch.result_type(torch.ones(2).double(),1j)
torch.result_type(torch.ones(2).int(),1j)
torch.result_type(1,1j)
torch.result_type(torch.ones(2),numpy.float64(2))
torch.result_type(torch.ones(2).int(),numpy.float64(2))
torch.result_type(torch.ones(2).int(),numpy.float32(2))
torch.result_type(torch.ones(2).int(),numpy.int64(2))
torch.result_type(torch.ones(2,dtype=torch.bool),numpy.bool_(2))
torch.result_type(torch.ones(2,dtype=torch.bool),True)
torch.result_type(1,2)
torch.result_type(1,2.)
torch.can_cast(torch.complex64,torch.float32)
torch.can_cast(torch.float32,torch.complex64)
torch.can_cast(torch.float64,torch.float16)
torch.can_cast(torch.float,torch.bfloat16)
torch.can_cast(torch.int8,torch.bool)
torch.can_cast(torch.bool,torch.int8)
torch.can_cast(torch.qint8,torch.int8)
torch.set_default_dtype(torch.int32)
torch.set_default_dtype(torch.complex64)
torch.set_default_dtype("float32")
torch.set_default_dtype(float)
torch.set_default_dtype(None)
torch.set_default_dtype(d=torch.float32)
torch.zeros(2,dtype=None,device=None,layout=torch.strided,requires_grad=False)
torch.zeros(2,device="mps").device
torch.zeros(2,device="xpu").device
torch.zeros(2,device="cpu:0").device
torch.zeros(2,device="cpu:1").device
torch.zeros(2,device=0).device
torch.zeros(2,device=-1).device
torch.tensor([1.],device="cpu:0").device
torch.device("mps")
torch.device("xpu:1")
torch.device("meta")
torch.device("hpu")
torch.get_default_device()
torch.ones_like(torch.ones(2),device="cpu",dtype=float)
torch.ones(2).new_tensor(data=3,dtype=torch.int64,device="cpu")
torch.ones(2).new_ones(3,device="cpu")
torch.as_tensor(numpy.arange(3),device="cpu")
torch.tensor(data=[1],dtype=torch.float32,device="cpu",requires_grad=True,pin_memory=False)
type(torch.strided)
type(torch.contiguous_format)
torch.memory_format()
copy.deepcopy(torch.strided) is torch.strided
copy.deepcopy(torch.channels_last) is torch.channels_last
pickle.loads(pickle.dumps(torch.channels_last)) is torch.channels_last
pickle.loads(pickle.dumps(torch.strided)) is torch.strided
hash(torch.strided) is not None
"""
)
