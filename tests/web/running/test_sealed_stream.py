"""A sealed stream gives back what was put in, or says that it is not what was written; it needs little memory."""

from __future__ import annotations

import io
import tracemalloc

import pytest

from evenlode.web.sealed_stream import BLOCK, HEAD, SALT, TAG, BackupFault, SealedReader, SealedWriter

KEY = bytes(range(32))
FRONT = len(HEAD) + SALT
WHOLE = BLOCK + TAG


def sealed(content, key=KEY):
    file = io.BytesIO()
    writer = SealedWriter(file, key)
    writer.write(content)
    writer.finish()
    return file.getvalue()


def opened(stream, key=KEY):
    reader = SealedReader(io.BytesIO(stream), key)
    found = bytearray()
    while some := reader.read(100_000):
        found += some
    return bytes(found)


@pytest.mark.parametrize("size", [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK])
def test_what_was_put_in_comes_out_again(size):
    content = bytes(i % 251 for i in range(size))
    assert opened(sealed(content)) == content


def test_the_same_content_is_never_sealed_the_same_way_twice():
    assert sealed(b"the same")[FRONT:] != sealed(b"the same")[FRONT:]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda s: s[:FRONT] + s[FRONT + WHOLE : FRONT + 2 * WHOLE] + s[FRONT : FRONT + WHOLE] + s[FRONT + 2 * WHOLE :], id="two blocks changed places"),
        pytest.param(lambda s: s[:FRONT] + s[FRONT + WHOLE :], id="the first block left out"),
        pytest.param(lambda s: s[: FRONT + WHOLE] + s[FRONT + 2 * WHOLE :], id="a block left out"),
        pytest.param(lambda s: s[: FRONT + 2 * WHOLE], id="the last block cut off"),
        pytest.param(lambda s: s[:FRONT], id="no block left"),
        pytest.param(lambda s: s + s[FRONT + WHOLE : FRONT + 2 * WHOLE], id="a block put behind"),
        pytest.param(lambda s: s[: len(HEAD)] + bytes(SALT) + s[FRONT:], id="the chance bytes replaced"),
    ],
)  # fmt: skip
def test_a_stream_whose_blocks_were_touched_is_refused(change):
    stream = sealed(b"x" * (2 * BLOCK + 5))
    with pytest.raises(BackupFault, match="changed"):
        opened(change(stream))


def test_what_is_no_backup_is_named_so():
    with pytest.raises(BackupFault, match="no backup of Evenlode"):
        SealedReader(io.BytesIO(b"PK" + bytes(200)), KEY)


def test_a_stream_of_any_length_needs_the_memory_of_a_few_blocks():
    class Nowhere(io.RawIOBase):
        def write(self, some):
            return len(some)

    tracemalloc.start()
    try:
        writer = SealedWriter(Nowhere(), KEY)
        for _ in range(64):
            writer.write(bytes(BLOCK))
        writer.finish()
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 8 * BLOCK
