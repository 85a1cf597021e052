"""A basic course on training: rates over time, clipped gradients, early stops, checkpoints."""

import copy
import os
import tempfile

from tests.printed import prints


@prints
def test_learning_rates_over_time(torch):
    from_torch = torch.optim.lr_scheduler
    model = torch.nn.Linear(2, 2)

    def show(make, epochs=8, lr=0.1, **settings):
        optimizer = torch.optim.SGD(model.parameters(), lr=lr, **settings)
        scheduler = make(optimizer)
        lrs = []
        for epoch in range(epochs):
            lrs.append(optimizer.param_groups[0]["lr"])
            optimizer.step()
            scheduler.step()
        print(type(scheduler).__name__, ["%.6f" % lr for lr in lrs], scheduler.get_last_lr())
        print(sorted(scheduler.state_dict()))

    show(lambda o: from_torch.StepLR(o, step_size=3, gamma=0.5))
    show(lambda o: from_torch.MultiStepLR(o, milestones=[2, 5]))
    show(lambda o: from_torch.ExponentialLR(o, 0.9))
    show(lambda o: from_torch.CosineAnnealingLR(o, T_max=6, eta_min=1e-4))
    show(lambda o: from_torch.LambdaLR(o, lr_lambda=lambda epoch: 0.95**epoch))
    show(lambda o: from_torch.LinearLR(o, start_factor=0.25, total_iters=4))
    show(lambda o: from_torch.OneCycleLR(o, max_lr=1, total_steps=9), momentum=0.9)
    warm = lambda o: from_torch.LinearLR(o, 0.1, total_iters=3)  # noqa: E731
    decay = lambda o: from_torch.ExponentialLR(o, 0.5)  # noqa: E731
    show(lambda o: from_torch.SequentialLR(o, [warm(o), decay(o)], milestones=[3]))

    optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
    plateau = from_torch.ReduceLROnPlateau(optimizer, "min", factor=0.1, patience=1)
    for val_loss in (1.0, 0.8, 0.81, 0.82, 0.83, 0.5, 0.6, 0.6, 0.6):
        plateau.step(val_loss)
        print(val_loss, "lr", optimizer.param_groups[0]["lr"], plateau.num_bad_epochs)

    def adjust_learning_rate(optimizer, epoch):
        lr = 0.01 * (0.1 ** (epoch // 2))
        for param_group in optimizer.param_groups:
            param_group["lr"] = lr
        return lr

    print([adjust_learning_rate(optimizer, epoch) for epoch in range(5)], optimizer)


@prints
def test_clipping_accumulating_and_decay(torch):
    nn = torch.nn
    torch.set_default_dtype(torch.float64)
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(5, 8), nn.Tanh(), nn.Linear(8, 1))
    x, y = torch.randn(32, 5), 50 * torch.randn(32, 1)
    decay, no_decay = [], []
    for name, p in model.named_parameters():
        (no_decay if name.endswith("bias") else decay).append(p)
    optimizer = torch.optim.AdamW(
        [{"params": decay, "weight_decay": 0.1}, {"params": no_decay, "weight_decay": 0.0}], lr=0.05
    )
    print(optimizer, [len(group["params"]) for group in optimizer.param_groups])
    accumulation_steps = 4
    optimizer.zero_grad()
    for i in range(16):
        part = slice(8 * (i % 4), 8 * (i % 4) + 8)
        loss = nn.functional.mse_loss(model(x[part]), y[part]) / accumulation_steps
        l2 = sum(p.pow(2).sum() for p in model.parameters())
        l1 = sum(torch.norm(p, 1) for p in model.parameters())
        (loss + 1e-3 * l2 + 1e-3 * l1).backward()
        if (i + 1) % accumulation_steps == 0:
            norm = torch.nn.utils.clip_grad_norm_(model.parameters(), max_norm=1.0)
            after = torch.stack([p.grad.norm() for p in model.parameters()]).norm()
            print(f"step {i}: loss {loss:.4f}, grad norm {norm:.4f} -> {after:.4f}, L2 {l2:.4f}")
            optimizer.step()
            optimizer.zero_grad()
    loss = nn.SmoothL1Loss()(model(x), y)
    loss.backward()
    nn.utils.clip_grad_value_(model.parameters(), 0.01)
    print([f"{p.grad.abs().max():.4f}" for p in model.parameters()], norm)
    vector = nn.utils.parameters_to_vector(model.parameters())
    print(vector.shape, vector[:3], optimizer.state[decay[0]]["step"])
    nn.utils.vector_to_parameters(torch.zeros_like(vector), model.parameters())
    print(model[0].bias, model(x).sum(), {k: v.shape for k, v in optimizer.state[decay[1]].items()})


@prints
def test_early_stopping_and_checkpoints(torch):
    nn, optim = torch.nn, torch.optim
    torch.set_default_dtype(torch.float64)

    def build():
        torch.manual_seed(5)
        model = nn.Sequential(nn.Linear(3, 20), nn.ReLU(), nn.Dropout(0.1), nn.Linear(20, 1))
        optimizer = optim.Adam(model.parameters(), lr=0.02)
        return model, optimizer, optim.lr_scheduler.StepLR(optimizer, 4)

    torch.manual_seed(0)
    x, y = torch.randn(40, 3), torch.randn(40, 1)
    model, optimizer, scheduler = build()

    def epoch_of_training(model, optimizer, scheduler):
        model.train()
        loss = nn.functional.mse_loss(model(x[:20]), y[:20])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        scheduler.step()
        with torch.no_grad():
            return loss.item(), nn.functional.mse_loss(model.eval()(x[20:]), y[20:]).item()

    best, best_model_wts, patience, counter = float("inf"), None, 3, 0
    folder = tempfile.mkdtemp()
    path = os.path.join(folder, "checkpoint.pth.tar")
    for epoch in range(12):
        loss, val_loss = epoch_of_training(model, optimizer, scheduler)
        print(f"epoch {epoch} train {loss:.4f} val {val_loss:.4f} lr {scheduler.get_last_lr()}")
        if epoch == 2:
            checkpoint = {
                "epoch": epoch + 1,
                "model_state_dict": model.state_dict(),
                "optimizer_state_dict": optimizer.state_dict(),
                "scheduler": scheduler.state_dict(),
                "loss": loss,
                "rng": torch.get_rng_state(),
            }
            torch.save(checkpoint, path)
        if val_loss < best:
            best, best_model_wts = val_loss, copy.deepcopy(model.state_dict())
            counter = 0
        else:
            counter += 1
            print(f"EarlyStopping counter: {counter} out of {patience}")
            if counter >= patience:
                break
    print(f"Best val loss: {best:4f}", model.load_state_dict(best_model_wts))

    model, optimizer, scheduler = build()
    checkpoint = torch.load(path, map_location=torch.device("cpu"))
    print(list(checkpoint), checkpoint["epoch"], f"{checkpoint['loss']:.4f}")
    print(model.load_state_dict(checkpoint["model_state_dict"]))
    optimizer.load_state_dict(checkpoint["optimizer_state_dict"])
    scheduler.load_state_dict(checkpoint["scheduler"])
    torch.set_rng_state(checkpoint["rng"])
    for epoch in range(checkpoint["epoch"], 6):
        loss, val_loss = epoch_of_training(model, optimizer, scheduler)
        print(f"resumed {epoch} train {loss:.4f} val {val_loss:.4f} lr {scheduler.get_last_lr()}")
    print("Optimizer's state_dict:")
    for var_name in optimizer.state_dict():
        print(var_name, "\t", list(optimizer.state_dict()[var_name])[:1])

    global Tail

    class Tail(nn.Module):  # whole models are saved by the place of their class
        def __init__(self):
            super().__init__()
            self.body = model

        def forward(self, x):
            return self.body(x)[:, 0]

    torch.save(Tail().eval(), os.path.join(folder, "model.pt"))
    whole = torch.load(os.path.join(folder, "model.pt"), weights_only=False)
    print(whole, whole.training, torch.equal(whole(x), model(x)[:, 0]), sep="\n")
    try:
        torch.load(os.path.join(folder, "model.pt"))
    except Exception as error:
        print(type(error).__name__)
    for name in os.listdir(folder):
        os.remove(os.path.join(folder, name))
    os.rmdir(folder)
