"""A batch with one notebook and one engagement."""

import pytest

from .faulty_batch import Batch


@pytest.fixture
def batch(tmp_path):
    made = Batch(folder=tmp_path)
    made.write_notebook()
    made.write_engagements("acme")
    return made
