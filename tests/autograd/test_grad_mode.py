"""Switches: as context managers, as decorators, in generators and in threads."""

import threading

from tests.same_script import error, same_script


@same_script
def test_nesting_and_restoring(torch):
    seen = [torch.is_grad_enabled()]
    with torch.no_grad():
        seen.append(torch.is_grad_enabled())
        with torch.enable_grad():
            seen.append(torch.is_grad_enabled())
            with torch.set_grad_enabled(False):
                seen.append(torch.is_grad_enabled())
        seen.append(torch.is_grad_enabled())
    try:
        with torch.no_grad():
            raise ValueError
    except ValueError:
        seen.append(torch.is_grad_enabled())
    return seen


@same_script
def test_set_grad_enabled_as_a_call(torch):
    switch = torch.set_grad_enabled(False)
    off = torch.is_grad_enabled()
    torch.set_grad_enabled(True)
    return off, torch.is_grad_enabled(), switch is not None


@same_script
def test_decorators(torch):
    @torch.no_grad()
    def off():
        return torch.is_grad_enabled()

    @torch.no_grad
    def bare():
        return torch.is_grad_enabled()

    @torch.set_grad_enabled(False)
    def also():
        return torch.is_grad_enabled()

    @torch.inference_mode()
    def inference():
        return torch.is_inference_mode_enabled(), torch.is_grad_enabled()

    return off(), bare(), also(), inference(), off.__name__, torch.is_grad_enabled()


@same_script
def test_generators_keep_the_switch_to_themselves(torch):
    @torch.no_grad()
    def numbers():
        sent = yield torch.is_grad_enabled()
        try:
            yield sent, torch.is_grad_enabled()
        except KeyError:
            yield "caught", torch.is_grad_enabled()
        return "end"

    g = numbers()
    seen = [next(g), torch.is_grad_enabled(), g.send("hello"), g.throw(KeyError())]
    seen.append(torch.is_grad_enabled())
    try:
        next(g)
    except StopIteration as stop:
        seen.append(stop.value)
    return seen


@same_script
def test_each_thread_has_its_own(torch):
    seen = []
    with torch.no_grad():
        thread = threading.Thread(target=lambda: seen.append(torch.is_grad_enabled()))
        thread.start()
        thread.join()
    return seen


@same_script
def test_results_under_no_grad(torch):
    x = torch.tensor([1.0], requires_grad=True)
    with torch.no_grad():
        y = x * 2
        made = torch.tensor([1.0], requires_grad=True)
    return y.requires_grad, y.is_leaf, made.requires_grad, (x * 2).requires_grad


@same_script
def test_inference_tensors_stay_out_of_autograd(torch):
    w = torch.tensor([1.0, 2.0], requires_grad=True)
    with torch.inference_mode():
        x = torch.tensor([3.0, 4.0]) * 1
        inside = torch.is_inference_mode_enabled()
        x.add_(1)
        with torch.inference_mode(False):
            nested = torch.is_inference_mode_enabled(), torch.is_grad_enabled()
    return [
        inside,
        nested,
        x.is_inference(),
        (w * 2).is_inference(),
        error(torch, lambda: w * x),
        error(torch, lambda: x.add_(1)),
        error(torch, lambda: x.requires_grad_()),
        (x.clone() * w).requires_grad,
        (x + w).requires_grad,
    ]
