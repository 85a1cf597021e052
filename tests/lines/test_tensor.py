"""Lines in which Python sees a tensor as a number, a sequence, or itself."""

from tests.expressions import alike

test_python = alike(
    """
f"{torch.tensor(2.5):.3f}"
f"{torch.tensor(2.5)}"
f"{torch.tensor(2.5):>10}"
f"{torch.tensor(2)}"
f"{torch.tensor(2):05d}"
f"{torch.tensor(2):.2f}"
f"{torch.tensor(True)}"
f"{torch.tensor([2.5])}"
f"{torch.tensor([2.5]):.2f}"
f"{torch.tensor([2.5,1]):.2f}"
f"{torch.tensor([2.5,1]):}"
f"{torch.tensor(2.5,requires_grad=True):.2f}"
f"{torch.tensor(2.5,requires_grad=True)}"
f"{torch.tensor(2.5):d}"
f"{torch.ones(2,2):>3}"
f"{torch.nn.Parameter(torch.tensor(2.5)):.1f}"
f"{torch.nn.Parameter(torch.tensor(2.5))}"
"{:.2f} {}".format(torch.tensor(1.),torch.tensor(2))
"%.2f" % torch.tensor(1.)
"%d" % torch.tensor(1.7)
"%s" % torch.tensor(1.7)
"%.2f" % torch.tensor([1.])
"%.2f" % torch.tensor([1.,2])
"%.2f" % torch.tensor(1.,requires_grad=True)
format(torch.tensor(2.5))
complex(torch.tensor(2.5))
complex(torch.tensor([2.5]))
complex(torch.tensor([2.5,1]))
float(torch.tensor(2.5,requires_grad=True))
float(torch.tensor([2.5]))
float(torch.tensor([[2.5]]))
int(torch.tensor(2.5))
int(torch.tensor(float("nan")))
bool(torch.tensor([]))
bool(torch.tensor([1,2]))
bool(torch.tensor([[1]]))
bool(torch.tensor(0.))
round(torch.tensor(2.5))
round(torch.tensor(2.567),2)
abs(torch.tensor(-2.5))
math.floor(torch.tensor(2.5))
math.ceil(torch.tensor(2.5))
math.trunc(torch.tensor(2.5))
math.sqrt(torch.tensor(4.))
math.isnan(torch.tensor(4.))
divmod(torch.tensor(4.),3)
pow(torch.tensor(4.),2)
operator.index(torch.tensor(3))
operator.index(torch.tensor([3]))
operator.index(torch.tensor(3.))
operator.index(torch.tensor(True))
hex(torch.tensor(3))
range(torch.tensor(3))
[1,2,3][torch.tensor(1):]
"ab"*torch.tensor(2)
[0]*torch.tensor(2)
list(reversed(torch.tensor([1,2,3])))
reversed(torch.tensor([1,2,3]))
reversed(torch.tensor(1))
list(torch.tensor([1,2]))
list(torch.tensor(1))
iter(torch.tensor(1))
len(torch.tensor(1))
len(torch.ones(0,3))
tuple(torch.ones(2,2))
2 in torch.tensor([1,2])
3 in torch.tensor([1,2])
True in torch.tensor([1,2])
2.0 in torch.tensor([1,2])
2j in torch.tensor([1,2])
"a" in torch.tensor([1,2])
None in torch.tensor([1,2])
[1] in torch.tensor([1,2])
torch.tensor([1,2]) in torch.tensor([1,2])
torch.tensor([1,2]) in torch.tensor([[1,2],[3,4]])
torch.tensor([1,2,3]) in torch.tensor([1,2])
torch.ones(2) in [torch.ones(2)]
torch.ones(1) in [torch.ones(1)]
torch.ones(2).__delitem__(0)
hash(torch.ones(2)) > 0
torch.ones(2).__eq__(3)
torch.ones(2).__eq__("a")
torch.ones(2) == "a"
torch.ones(2) != "a"
torch.ones(2) == None
torch.ones(2) != None
torch.ones(2) == [1,1]
torch.ones(2) == (1,1)
torch.ones(2) < None
torch.ones(2) < "a"
torch.ones(2) + None
torch.ones(2) + "a"
torch.ones(2) + [1,2]
[1,2] + torch.ones(2)
None + torch.ones(2)
torch.ones(2).__add__("a")
torch.ones(2) is torch.ones(2)
torch.ones(2).foo
torch.ones(2).item()
torch.ones(1).item()
torch.ones(0).item()
torch.ones(1).half().item()
torch.tensor(True).item()
torch.tensor(3).item()
torch.ones(2).tolist()
torch.ones(0,2).tolist()
torch.tensor(2.).tolist()
torch.ones(2,2).half().tolist()
torch.ones(2).__sizeof__() > 0
callable(torch.ones(2))
torch.Size([2,3])
torch.Size([2,3]) + torch.Size([1])
(1,) + torch.Size([2])
torch.Size([2,3]) + (1,)
torch.Size([2,3]) + [1]
torch.Size([2,3]) == (2,3)
torch.Size([2,3]) == [2,3]
torch.Size([2,3])[0:1]
torch.Size([2,3])*2
2*torch.Size([2,3])
torch.Size((2,3))
torch.Size()
torch.Size(torch.tensor([2,3]))
torch.Size([2.])
torch.Size(["a"])
torch.Size(3)
torch.Size([torch.tensor(2)])
torch.Size([True])
torch.Size([2,3]).numel()
torch.Size([]).numel()
torch.Size([2,3]).index(3)
torch.Size([2,3]).count(3)
list(torch.Size([2,3]))
str(torch.Size([2]))
pickle.loads(pickle.dumps(torch.Size([2,3])))
copy.deepcopy(torch.Size([2,3]))
hash(torch.Size([2,3])) == hash((2,3))
torch.ones(2,3).size(0)
torch.ones(2,3).size(-3)
torch.ones(2,3).size(dim=1)
torch.ones(2,3).size(None)
torch.ones(2,3).size(1.)
torch.ones(2,3).size("a")
torch.ones(2,3).stride(0)
torch.ones(2,3).stride(dim=-1)
torch.ones(2,3).stride(5)
torch.ones(2,3).stride(1.)
torch.tensor(1).size(0)
torch.tensor(1).stride(0)
torch.tensor(1).stride()
torch.ones(2,3).dim()
torch.numel(torch.ones(2,3))
torch.numel([1])
torch.is_tensor([1])
torch.ones(2,3).shape
torch.ones(2,3).shape[0]
torch.ones(2,3).shape.numel()
torch.ones(0,3).stride()
torch.ones(3,0,2).stride()
torch.ones(1,3)[:, :1].stride()
torch.ones(2,3)[1:1].stride()
torch.ones(2,3)[:,None].stride()
torch.ones(2,3).sum().stride()
"""
)
