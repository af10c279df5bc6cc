"""What every blob store must do. A new store is done when it passes this file."""

import hashlib
import threading

import pytest

from archive.blobs import FolderBlobs, MemoryBlobs
from records.errors import NotKept


@pytest.fixture(params=["folder", "memory"])
def blobs(request, tmp_path):
    return FolderBlobs(tmp_path / "originals") if request.param == "folder" else MemoryBlobs()


@pytest.mark.parametrize("data", [b"%PDF-1.7 ...", b"", bytes(range(256)) * 4096], ids=["pdf", "nothing", "a megabyte"])
def test_gives_back_what_it_was_given(blobs, data):
    assert blobs.fetch(blobs.keep(data)) == data


def test_the_name_is_the_sha256_of_the_content(blobs):
    assert blobs.keep(b"paper") == hashlib.sha256(b"paper").hexdigest()


def test_says_so_when_it_has_nothing(blobs):
    assert not blobs.has("feed" * 16)
    with pytest.raises(NotKept, match="feed"):
        blobs.fetch("feed" * 16)


def test_the_same_bytes_twice_are_kept_once(blobs):
    assert blobs.keep(b"paper") == blobs.keep(b"paper")
    assert blobs.has(hashlib.sha256(b"paper").hexdigest())


def test_many_may_keep_the_same_bytes_at_once(blobs):
    data = b"paper" * 100_000
    threads = [threading.Thread(target=blobs.keep, args=(data,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert blobs.fetch(hashlib.sha256(data).hexdigest()) == data


def test_a_folder_holds_nothing_half_written(tmp_path, monkeypatch):
    """Killed while writing, the name does not exist yet; what lies beside it is never taken for an original."""
    blobs = FolderBlobs(tmp_path)

    def no_disk_left(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("archive.blobs.os.fsync", no_disk_left)
    with pytest.raises(OSError, match="No space"):
        blobs.keep(b"paper")
    monkeypatch.undo()

    assert not blobs.has(hashlib.sha256(b"paper").hexdigest())
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert blobs.fetch(blobs.keep(b"paper")) == b"paper"


def test_a_folder_is_found_again_by_the_next_process(tmp_path):
    digest = FolderBlobs(tmp_path).keep(b"paper")

    assert FolderBlobs(tmp_path).fetch(digest) == b"paper"
