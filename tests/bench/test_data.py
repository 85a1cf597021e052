"""Data: the embedded digits, MNIST's files, and downloads that go wrong."""

import gzip
import hashlib
import struct
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pytest

from bench.data import DataError, digits, mnist
from bench.data.download import download
from bench.data.mnist import SOURCES, read_idx


def idx(array):
    """An array as an IDX file holds it, written from the format's description."""
    return b"\0\0\x08" + struct.pack(f">B{array.ndim}I", array.ndim, *array.shape) + array.tobytes()


def write_mnist(raw, packed, train=7, test=3):
    raw.mkdir(parents=True)
    rng = np.random.default_rng(0)
    arrays = {
        "train-images-idx3-ubyte": rng.integers(0, 256, (train, 28, 28), np.uint8),
        "train-labels-idx1-ubyte": rng.integers(0, 10, train, np.uint8),
        "t10k-images-idx3-ubyte": rng.integers(0, 256, (test, 28, 28), np.uint8),
        "t10k-labels-idx1-ubyte": rng.integers(0, 10, test, np.uint8),
    }
    for name, array in arrays.items():
        if packed:
            (raw / f"{name}.gz").write_bytes(gzip.compress(idx(array)))
        else:
            (raw / name).write_bytes(idx(array))
    return list(arrays.values())


class TestDigits:
    def test_split(self):
        images = digits()
        assert images.train_x.shape == (1437, 8, 8)
        assert images.test_x.shape == (360, 8, 8)
        assert images.pixels == 64
        assert images.train_x.dtype == np.uint8
        assert images.train_x.max() == images.white == 16
        assert np.bincount(images.train_y, minlength=10).min() > 130
        assert np.bincount(images.test_y, minlength=10).min() > 25

    def test_it_is_the_published_set(self):
        """1,797 images; the sums are those of scikit-learn's load_digits."""
        images = digits()
        assert images.train_x.sum(dtype=int) + images.test_x.sum(dtype=int) == 561718
        assert images.train_y.sum() + images.test_y.sum() == 8070

    def test_the_split_never_changes(self):
        images = digits()
        assert [hashlib.sha256(array.tobytes()).hexdigest()[:16] for array in images[:4]] == [
            "8dc700dcd0f18c4f",
            "aebea7d2bc9e1f01",
            "3e513a101193c051",
            "d6c86f9a7de5b7af",
        ]


class TestMnist:
    @pytest.mark.parametrize("packed", [True, False])
    @pytest.mark.parametrize("name", ["mnist", "fashion-mnist"])
    def test_reads_torchvisions_folders(self, tmp_path, name, packed):
        folder = {"mnist": "MNIST", "fashion-mnist": "FashionMNIST"}[name]
        train_x, train_y, test_x, test_y = write_mnist(tmp_path / folder / "raw", packed)
        images = mnist(name, tmp_path)
        np.testing.assert_array_equal(images.train_x, train_x)
        np.testing.assert_array_equal(images.train_y, train_y)
        np.testing.assert_array_equal(images.test_x, test_x)
        np.testing.assert_array_equal(images.test_y, test_y)
        assert images.train_y.dtype == np.int64
        assert images.white == 255

    def test_every_file_has_a_checksum(self):
        for source in SOURCES.values():
            assert len(source.md5) == 4
            assert all(len(bytes.fromhex(md5)) == 16 for md5 in source.md5.values())

    @pytest.mark.parametrize(
        ("name", "array", "message"),
        [
            ("train-labels-idx1-ubyte", np.zeros(6, np.uint8), r"\(7, 28, 28\).*\(6,\)"),
            ("train-labels-idx1-ubyte", np.full(7, 10, np.uint8), "label 10"),
            ("t10k-images-idx3-ubyte", np.zeros((3, 28, 27), np.uint8), "differ in size"),
            ("train-images-idx3-ubyte", np.zeros((7, 784), np.uint8), r"\(7, 784\)"),
        ],
    )
    def test_files_that_do_not_fit_together(self, tmp_path, name, array, message):
        raw = tmp_path / "MNIST" / "raw"
        write_mnist(raw, packed=False)
        (raw / name).write_bytes(idx(array))
        with pytest.raises(DataError, match=message):
            mnist("mnist", tmp_path)


class TestIdx:
    GOOD = idx(np.arange(12, dtype=np.uint8).reshape(3, 4))

    def test_good(self, tmp_path):
        path = tmp_path / "file"
        path.write_bytes(self.GOOD)
        np.testing.assert_array_equal(read_idx(path), np.arange(12).reshape(3, 4))

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            (b"", "starts with"),
            (b"<html>not found</html>", "starts with"),
            (b"\0\0\x0d" + GOOD[3:], "starts with"),  # floats
            (GOOD[:7], "ends before its sizes"),
            (GOOD[:-1], r"\(3, 4\) ask for 12 bytes, it has 11"),
            (GOOD + b"!", "it has more"),
            (b"\0\0\x08\x03" + b"\xff" * 12, "claims"),
        ],
    )
    def test_damaged(self, tmp_path, content, message):
        path = tmp_path / "file"
        path.write_bytes(content)
        with pytest.raises(DataError, match=message) as caught:
            read_idx(path)
        assert str(path) in str(caught.value)

    @pytest.mark.parametrize("cut", [1, 10, 25, -1])
    def test_damaged_and_compressed(self, tmp_path, cut):
        path = tmp_path / "file.gz"
        path.write_bytes(gzip.compress(self.GOOD)[:cut])
        with pytest.raises(DataError, match="damaged"):
            read_idx(path)


@pytest.fixture
def server():
    """A mirror of our own: serves `pages`, counts what was asked for."""

    class Handler(BaseHTTPRequestHandler):
        pages: dict[str, bytes] = {}
        asked: list[str] = []
        short = 0

        def do_GET(self):
            self.asked.append(self.path)
            page = self.pages.get(self.path)
            self.send_response(404 if page is None else 200)
            page = page or b"not here"
            self.send_header("Content-Length", str(len(page) + self.short))
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, *args):
            pass

    Handler.pages, Handler.asked = {}, []
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.01,))
        thread.start()
        Handler.url = f"http://127.0.0.1:{running.server_port}"
        yield Handler
        running.shutdown()
        thread.join()


class TestDownload:
    BODY = bytes(range(256)) * 1000
    MD5 = hashlib.md5(BODY).hexdigest()

    def test_good(self, server, tmp_path):
        server.pages["/a/file.gz"] = self.BODY
        seen = []
        path = tmp_path / "deep" / "file.gz"
        download([f"{server.url}/a/"], path, self.MD5, lambda *args: seen.append(args))
        assert path.read_bytes() == self.BODY
        assert seen[-1] == ("file.gz", len(self.BODY), len(self.BODY))
        assert [done for _, done, _ in seen] == sorted(done for _, done, _ in seen)
        assert list(path.parent.iterdir()) == [path]

    def test_the_next_mirror_helps(self, server, tmp_path):
        server.pages["/bad/file"] = b"an advertisement"
        server.pages["/good/file"] = self.BODY
        mirrors = [f"{server.url}/gone", f"{server.url}/bad", f"{server.url}/good"]
        download(mirrors, tmp_path / "file", self.MD5, lambda *_: None)
        assert (tmp_path / "file").read_bytes() == self.BODY
        assert server.asked == ["/gone/file", "/bad/file", "/good/file"]

    def test_all_fail(self, server, tmp_path):
        server.pages["/bad/file"] = b"an advertisement"
        mirrors = [f"{server.url}/gone", f"{server.url}/bad", "nonsense://"]
        path = tmp_path / "file"
        with pytest.raises(DataError, match=r"404(.|\n)*checksum is(.|\n)*nonsense") as caught:
            download(mirrors, path, self.MD5, lambda *_: None)
        assert str(path) in str(caught.value)  # where to put it by hand
        assert list(tmp_path.iterdir()) == []

    def test_a_broken_transfer(self, server, tmp_path):
        """The mirror promises more than it sends."""
        server.pages["/file"], server.short = self.BODY, 5
        with pytest.raises(DataError, match="checksum|incomplete|IncompleteRead"):
            download([server.url], tmp_path / "file", hashlib.md5(b"").hexdigest(), lambda *_: None)
        assert list(tmp_path.iterdir()) == []

    def test_an_interruption_leaves_nothing(self, server, tmp_path):
        server.pages["/file"] = self.BODY

        def interrupt(*_):
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            download([server.url], tmp_path / "file", self.MD5, interrupt)
        assert list(tmp_path.iterdir()) == []

    def test_mnist_comes_from_the_mirrors(self, server, tmp_path, monkeypatch):
        made = tmp_path / "made"
        arrays = write_mnist(made, packed=True)
        md5 = {}
        for path in made.iterdir():
            server.pages[f"/m/{path.name}"] = path.read_bytes()
            md5[path.name.removesuffix(".gz")] = hashlib.md5(path.read_bytes()).hexdigest()
        source = SOURCES["mnist"]
        md5 = {name: md5[name] for name in source.md5}
        ours = source._replace(mirrors=(f"{server.url}/m",), md5=md5)
        monkeypatch.setitem(SOURCES, "mnist", ours)
        for _ in range(2):  # the second time from disk
            images = mnist("mnist", tmp_path)
            np.testing.assert_array_equal(images.train_x, arrays[0])
        assert len(server.asked) == 4
