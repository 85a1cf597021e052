"""A Function of the user's own: what one call and its backward cost."""

from bench.timing import lesson


@lesson("autograd/function", size=[3, 100_000])
def user_function(torch, device, size):
    """Forward and backward of a hand-written square."""

    class Square(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            ctx.save_for_backward(x)
            return x * x

        @staticmethod
        def backward(ctx, dy):
            (x,) = ctx.saved_tensors
            return 2 * x * dy

    x = torch.ones(size).to(device).requires_grad_()
    dy = torch.ones(size).to(device)

    def step():
        Square.apply(x).backward(dy)
        x.grad = None

    return step
