"""Optimizers, schedulers, files used wrongly: torch's exceptions, in scratch words that help."""

import tempfile
from pathlib import Path

import numpy

from tests.mistakes import mistake

# ---- optimizers -----------------------------------------------------------------------------


@mistake(r"model.parameters\(\)")
def test_model_for_an_optimizer(torch):
    """``SGD(model.parameters(), lr=0.1)``."""
    torch.optim.SGD(torch.nn.Linear(1, 1), lr=0.1)


@mistake(r"model.parameters\(\)")
def test_sequential_for_an_optimizer(torch):
    """``SGD(model.parameters(), lr=0.1)``."""
    torch.optim.SGD(torch.nn.Sequential(torch.nn.Linear(1, 1)), lr=0.1)


@mistake(r"parameters\(\)")
def test_two_models_for_an_optimizer(torch):
    """Join their parameters: ``[*encoder.parameters(), *decoder.parameters()]``."""
    encoder, decoder = torch.nn.Linear(2, 1), torch.nn.Linear(1, 2)
    torch.optim.SGD([encoder, decoder], lr=0.1)


@mistake("self")
def test_parameters_of_a_class(torch):
    """Make the model first: ``model = Net()``."""

    class Net(torch.nn.Module):
        pass

    torch.optim.SGD(Net.parameters(), lr=0.1)


@mistake("list")
def test_one_parameter_for_an_optimizer(torch):
    """In a list, ``[weight]``."""
    weight = torch.ones(1, requires_grad=True)
    torch.optim.SGD(weight, lr=0.1)


@mistake("'layers', a plain Python list", "nn.ModuleList")
def test_layers_in_a_plain_list(torch):
    """``self.layers = nn.ModuleList([...])``: what is in a Python list is not seen by the
    optimizer, by ``to`` and by ``state_dict``."""
    nn = torch.nn

    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.layers = [nn.Linear(2, 2), nn.Linear(2, 2)]

    torch.optim.SGD(Net().parameters(), lr=0.1)


@mistake("used up")
def test_parameters_used_twice(torch):
    """``model.parameters()`` can be gone through once. Call it again, or make a list of it."""
    parameters = torch.nn.Linear(1, 1).parameters()
    count = sum(p.numel() for p in parameters)
    torch.optim.SGD(parameters, lr=0.1 / count)


@mistake("MulBackward0")
def test_result_for_an_optimizer(torch):
    """Scale first: ``w = (torch.ones(1) * 2).requires_grad_()``."""
    w = torch.ones(1, requires_grad=True) * 2
    torch.optim.SGD([w], lr=0.1)


@mistake("more than one parameter group")
def test_a_parameter_in_two_groups(torch):
    """Each parameter belongs to one group: leave it out of the other."""
    model = torch.nn.Linear(1, 1)
    torch.optim.SGD([{"params": model.parameters()}, {"params": [model.bias], "lr": 1}], lr=0.1)


@mistake("-0.1", "maximize=True")
def test_negative_learning_rate(torch):
    """The step already goes downhill. To go uphill say ``maximize=True``."""
    torch.optim.SGD(torch.nn.Linear(1, 1).parameters(), lr=-0.1)


@mistake("1.0", "just below 1")
def test_momentum_that_forgets_nothing(torch):
    """``betas=(0.9, 0.999)`` is the default."""
    torch.optim.Adam(torch.nn.Linear(1, 1).parameters(), betas=(0.9, 1.0))


@mistake("momentum")
def test_nesterov_without_momentum(torch):
    """``SGD(..., momentum=0.9, nesterov=True)``."""
    torch.optim.SGD(torch.nn.Linear(1, 1).parameters(), lr=0.1, nesterov=True)


@mistake("backward")
def test_backward_of_the_optimizer(torch):
    """``loss.backward()``, then ``optimizer.step()``."""
    optimizer = torch.optim.SGD(torch.nn.Linear(1, 1).parameters(), lr=0.1)
    optimizer.backward()


@mistake("zero_grad")
def test_zero_grad_of_the_loss(torch):
    """``optimizer.zero_grad()``, or ``model.zero_grad()``."""
    loss = torch.nn.Linear(1, 1)(torch.ones(1, 1)).sum()
    loss.zero_grad()


@mistake("callable")
def test_step_with_the_loss(torch):
    """``loss.backward()``, then ``optimizer.step()`` without it."""
    model = torch.nn.Linear(1, 1)
    loss = model(torch.ones(1, 1)).sum()
    torch.optim.SGD(model.parameters(), lr=0.1).step(loss)


@mistake("Linear")
def test_clipping_a_model(torch):
    """``clip_grad_norm_(model.parameters(), 1.0)``, after ``backward`` and before the step."""
    torch.nn.utils.clip_grad_norm_(torch.nn.Linear(1, 1), 1.0)


# ---- schedulers -----------------------------------------------------------------------------


@mistake("`optimizer.step\\(\\)` first")
def test_scheduler_before_the_optimizer(torch):
    """First ``optimizer.step()``, then ``scheduler.step()``: most of them once an epoch."""
    optimizer = torch.optim.SGD(torch.nn.Linear(1, 1).parameters(), lr=0.1)
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=10)
    for epoch in range(2):
        scheduler.step()
        optimizer.step()


@mistake("Linear")
def test_model_for_a_scheduler(torch):
    """A scheduler is made of an optimizer: ``StepLR(optimizer, step_size=10)``."""
    torch.optim.lr_scheduler.StepLR(torch.nn.Linear(1, 1), step_size=10)


@mistake("metrics")
def test_plateau_without_the_loss(torch):
    """It looks at the validation loss: ``scheduler.step(loss)``."""
    optimizer = torch.optim.SGD(torch.nn.Linear(1, 1).parameters(), lr=0.1)
    scheduler = torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer)
    scheduler.step()


@mistake("total_steps", "steps_per_epoch")
def test_one_cycle_of_no_length(torch):
    """``OneCycleLR(optimizer, max_lr=1, epochs=5, steps_per_epoch=len(loader))``."""
    optimizer = torch.optim.SGD(torch.nn.Linear(1, 1).parameters(), lr=0.1)
    torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=1)


@mistake("11", "10", "batch")
def test_more_steps_than_one_cycle_has(torch):
    """``total_steps`` counts batches: the epochs times ``len(loader)``."""
    optimizer = torch.optim.SGD(torch.nn.Linear(1, 1).parameters(), lr=0.1)
    scheduler = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=1, total_steps=10)
    for batch in range(11):
        optimizer.step()
        scheduler.step()


# ---- states ---------------------------------------------------------------------------------


@mistake("weight", r"\[2, 3\]", r"\[2, 2\]")
def test_state_of_another_shape(torch):
    """Build the model with the sizes it was saved with. For a new last layer take its keys out,
    and say ``strict=False``."""
    torch.nn.Linear(2, 2).load_state_dict(torch.nn.Linear(3, 2).state_dict())


@mistake("Missing", '"1.weight", "1.bias"', "Unexpected", '"2.weight", "2.bias"')
def test_state_of_another_model(torch):
    """Compare the lists of keys: here the first model has a layer in between. Build the same
    model."""
    nn = torch.nn
    state = nn.Sequential(nn.Linear(2, 2), nn.ReLU(), nn.Linear(2, 1)).state_dict()
    nn.Sequential(nn.Linear(2, 2), nn.Linear(2, 1)).load_state_dict(state)


@mistake("begin with 'module.'")
def test_state_of_a_wrapped_model(torch):
    """It was saved from inside ``DataParallel``. Take the prefix away:
    ``{key.removeprefix("module."): x for key, x in state.items()}``."""
    state = {"module.weight": torch.ones(2, 2), "module.bias": torch.ones(2)}
    torch.nn.Linear(2, 2).load_state_dict(state)


@mistake(r"checkpoint\['model'\]")
def test_checkpoint_in_the_place_of_a_state(torch):
    """``model.load_state_dict(checkpoint["model"])``."""
    model = torch.nn.Linear(2, 2)
    checkpoint = {"epoch": 3, "model": model.state_dict()}
    model.load_state_dict(checkpoint)


@mistake("dict", r"model.state_dict\(\)")
def test_model_in_the_place_of_a_state(torch):
    """``load_state_dict(other.state_dict())``."""
    other = torch.nn.Linear(2, 2)
    torch.nn.Linear(2, 2).load_state_dict(other)


@mistake(r"torch.load\(path\)")
def test_path_in_the_place_of_a_state(torch):
    """``model.load_state_dict(torch.load("model.pt"))``."""
    torch.nn.Linear(2, 2).load_state_dict("model.pt")


@mistake("2 parameters for 1")
def test_optimizer_state_of_another_model(torch):
    """The optimizer has to be made of the same parameters, in the same groups."""
    state = torch.optim.SGD(torch.nn.Linear(2, 2).parameters(), lr=0.1).state_dict()
    w = torch.ones(1, requires_grad=True)
    torch.optim.SGD([w], lr=0.1).load_state_dict(state)


# ---- files ----------------------------------------------------------------------------------


@mistake("object first")
def test_path_before_the_object(torch):
    """``torch.save(model.state_dict(), "model.pt")``."""
    torch.save("model.pt", torch.nn.Linear(2, 2).state_dict())


@mistake("no_such_folder")
def test_save_into_a_folder_that_is_not_there(torch):
    """``Path("no_such_folder").mkdir(exist_ok=True)`` first."""
    torch.save(torch.nn.Linear(2, 2).state_dict(), "no_such_folder/model.pt")


@mistake("no_such_file")
def test_load_a_file_that_is_not_there(torch):
    """A path begins at the folder that Python was started in: print ``Path.cwd()``."""
    torch.load("no_such_file.pt")


@mistake("text")
def test_load_a_text(torch):
    """A download that failed often leaves a text or a web page. Look into the file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "model.pt")
        path.write_text("404: not found")
        torch.load(path)


@mistake("numpy.load")
def test_load_an_array(torch):
    """``torch.from_numpy(numpy.load(path))``."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "x.npy")
        numpy.save(path, numpy.ones(3))
        torch.load(path)


@mistake("empty")
def test_load_an_empty_file(torch):
    """Nothing was written: save again."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "model.pt")
        path.touch()
        torch.load(path)


@mistake("damaged")
def test_load_half_a_file(torch):
    """The end is missing: copy or download it again."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "model.pt")
        torch.save(torch.nn.Linear(2, 2).state_dict(), path)
        path.write_bytes(path.read_bytes()[:-200])
        torch.load(path)


@mistake("whole module", "weights_only=False")
def test_load_a_whole_model(torch):
    """Save ``model.state_dict()`` instead. ``weights_only=False`` runs what the file says: only
    for files that you wrote yourself."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "model.pt")
        torch.save(torch.nn.Linear(2, 2), path)
        torch.load(path)
