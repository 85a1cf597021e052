"""Inputs that do not fit their layers: torch's exceptions, and in scratch words that help."""

from tests.mistakes import mistake

# ---- sizes that do not fit ------------------------------------------------------------------


@mistake("4x5 and 3x2", r"\[4, 5\]", "in_features = 3")
def test_wrong_number_of_features(torch):
    """The first number of ``Linear`` is the last size of its input: ``Linear(5, 2)``."""
    torch.nn.Linear(3, 2)(torch.ones(4, 5))


@mistake(r"\[20\]", r"unsqueeze\(1\)")
def test_samples_of_one_number_without_unsqueeze(torch):
    """A batch has two dimensions, samples and features: ``x.unsqueeze(1)``."""
    torch.nn.Linear(1, 1)(torch.linspace(-1, 1, 20))


@mistake("0D")
def test_a_number_into_a_layer(torch):
    """A sample has at least one feature: ``torch.tensor([4.0])``."""
    torch.nn.Linear(1, 1)(torch.tensor(4.0))


@mistake(r"\[4, 1, 28, 28\]", r"flatten\(1\)", r"\[4, 784\]")
def test_images_not_flattened(torch):
    """``x.flatten(1)`` before the layer, or ``nn.Flatten()`` in front of it in a
    ``Sequential``."""
    torch.nn.Linear(784, 10)(torch.ones(4, 1, 28, 28))


@mistake(r"\[4, 8\]", "in_features = 6", "layer '2' of Sequential")
def test_layers_that_do_not_fit(torch):
    """The second number of one layer is the first of the next."""
    nn = torch.nn
    nn.Sequential(nn.Linear(3, 8), nn.ReLU(), nn.Linear(6, 2))(torch.ones(4, 3))


@mistake(r"\[4, 128\]", "in_features = 120", "layer 'classifier.2' of Net")
def test_layers_that_do_not_fit_deep_in_a_model(torch):
    """The path says where: here ``model.classifier[2]``, which has to be ``Linear(128, 10)``."""
    nn = torch.nn

    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.flatten = nn.Flatten()
            self.classifier = nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(120, 10))

        def forward(self, x):
            return self.classifier(self.flatten(x))

    Net()(torch.ones(4, 1, 28, 28))


@mistake(r"\[4, 864\]", "in_features = 1176", "layer '3'")
def test_linear_behind_convolutions(torch):
    """The input's last size is what comes out of ``Flatten``: write ``Linear(864, 10)``. Each 5x5
    convolution takes 4 from height and width, the pooling halves them."""
    nn = torch.nn
    model = nn.Sequential(nn.Conv2d(1, 6, 5), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(1176, 10))
    model(torch.ones(4, 1, 28, 28))


@mistake("1")
def test_flatten_of_one_dimension(torch):
    """``Flatten`` keeps the samples apart, and wants a batch: ``x.unsqueeze(0)``."""
    torch.nn.Flatten()(torch.ones(3))


@mistake(r"\[3, 3\]", "8")
def test_unflatten_to_another_size(torch):
    """The sizes have to multiply to the one they take the place of."""
    torch.nn.Unflatten(1, (3, 3))(torch.ones(2, 8))


# ---- images ---------------------------------------------------------------------------------


@mistake("got 1 channels", "in_channels is 3")
def test_grey_images_into_a_layer_for_colours(torch):
    """``Conv2d(1, 6, 5)`` for grey images; or repeat them, ``x.expand(-1, 3, -1, -1)``."""
    torch.nn.Conv2d(3, 6, 5)(torch.ones(4, 1, 28, 28))


@mistake("got 32 channels", r"movedim\(-1, -3\)")
def test_channels_last(torch):
    """NumPy and image files have the channels last, layers want them before height and width:
    ``x.permute(0, 3, 1, 2)``."""
    torch.nn.Conv2d(3, 6, 5)(torch.ones(4, 32, 32, 3))


@mistake("got 64 channels", r"unsqueeze\(-3\)")
def test_images_without_a_channel(torch):
    """Grey images have one channel: ``x.unsqueeze(1)`` for a batch."""
    torch.nn.Conv2d(1, 6, 5)(torch.ones(64, 28, 28))


@mistake(r"\[28, 28\]", r"\(N, C, H, W\)")
def test_image_without_a_channel(torch):
    """``x[None]`` is an image with a channel, ``x[None, None]`` a batch of one."""
    torch.nn.Conv2d(1, 6, 5)(torch.ones(28, 28))


@mistake(r"\(N, C, H, W\)", r"\[4, 784\]")
def test_flat_images_into_a_convolution(torch):
    """``x.view(-1, 1, 28, 28)`` gives them their shape back."""
    torch.nn.Conv2d(1, 6, 5)(torch.ones(4, 784))


@mistake(r"floor\(\(3 \+ 2\*0 - 1\*\(5 - 1\) - 1\) / 1\) \+ 1 = -1")
def test_image_smaller_than_the_kernel(torch):
    """A smaller kernel, padding, or larger images. If it happens deep in a network, leave a
    pooling out."""
    torch.nn.Conv2d(1, 6, kernel_size=5)(torch.ones(4, 1, 3, 3))


@mistake("kernel_size", r"= 0\. ")
def test_image_smaller_than_the_window(torch):
    """After a few poolings nothing is left to pool: 28, 14, 7, 3, 1. Leave one out."""
    torch.nn.MaxPool2d(2)(torch.ones(4, 8, 1, 1))


@mistake(r"\(N, C, H, W\)", r"\[4, 8\]")
def test_pooling_of_flat_features(torch):
    """Pool before ``Flatten``."""
    torch.nn.MaxPool2d(2)(torch.ones(4, 8))


@mistake("half")
def test_padding_larger_than_half_the_window(torch):
    """``padding`` up to half the ``kernel_size``."""
    torch.nn.MaxPool2d(2, padding=2)(torch.ones(4, 8, 8, 8))


@mistake("kernel_size")
def test_convolution_without_a_kernel_size(torch):
    """Three numbers: ``Conv2d(in_channels, out_channels, kernel_size)``."""
    torch.nn.Conv2d(1, 6)


@mistake("strided")
def test_same_padding_with_a_stride(torch):
    """Say it in numbers: ``padding=1`` for a kernel of 3."""
    torch.nn.Conv2d(1, 6, 3, stride=2, padding="same")


@mistake("in_channels=3, groups=2")
def test_groups_that_do_not_divide_the_channels(torch):
    """Both numbers of channels have to be multiples of ``groups``."""
    torch.nn.Conv2d(3, 8, 3, groups=2)


@mistake("size", "scale_factor")
def test_upsampling_to_no_size(torch):
    """``Upsample(scale_factor=2)``, or ``Upsample(size=(32, 32))``."""
    torch.nn.Upsample()(torch.ones(1, 1, 2, 2))


@mistake("4D")
def test_bilinear_upsampling_without_a_batch(torch):
    """``x.unsqueeze(0)`` first."""
    torch.nn.Upsample(scale_factor=2, mode="bilinear")(torch.ones(1, 2, 2))


# ---- normalization, dropout, embedding ------------------------------------------------------


@mistake(r"\[1, 3\]", r"model.eval\(\)", "drop_last=True")
def test_batch_norm_of_one_sample(torch):
    """``model.eval()`` before you use the network. In training, ``DataLoader(..., drop_last=True)``
    leaves out a last batch of one."""
    torch.nn.BatchNorm1d(3)(torch.ones(1, 3))


@mistake("6", r"\[4, 3, 8, 8\]")
def test_batch_norm_of_other_channels(torch):
    """Its number is that of the channels before it: the second of ``Conv2d``."""
    torch.nn.BatchNorm2d(6)(torch.ones(4, 3, 8, 8))


@mistake("4D", "BatchNorm2d")
def test_batch_norm_of_other_dimensions(torch):
    """``BatchNorm2d`` behind ``Conv2d``, ``BatchNorm1d`` behind ``Linear``."""
    torch.nn.BatchNorm1d(6)(torch.ones(4, 6, 8, 8))


@mistake(r"\[\*, 8\]", r"\[4, 6\]")
def test_layer_norm_of_another_size(torch):
    """Its number is the last size of the input: ``LayerNorm(6)``."""
    torch.nn.LayerNorm(8)(torch.ones(4, 6))


@mistake("6", "4")
def test_group_norm_that_does_not_divide(torch):
    """The channels have to be a multiple of the groups: ``GroupNorm(3, 6)``."""
    torch.nn.GroupNorm(4, 6)


@mistake("p=0.5")
def test_dropout_in_percent(torch):
    """``p`` goes from 0 to 1."""
    torch.nn.Dropout(p=50)


@mistake("got 10", "from 0 to 9")
def test_embedding_of_a_number_too_large(torch):
    """One row for every number: ``num_embeddings`` is the largest plus one."""
    torch.nn.Embedding(10, 3)(torch.tensor([1, 10]))


@mistake("float32", r"long\(\)")
def test_embedding_of_floats(torch):
    """It looks rows up by number: ``x.long()``."""
    torch.nn.Embedding(10, 3)(torch.tensor([1.0, 2.0]))


@mistake("4D", "2D")
def test_batch_norm_for_images_behind_a_linear_layer(torch):
    """``BatchNorm1d(6)`` is for features."""
    torch.nn.BatchNorm2d(6)(torch.ones(4, 6))
