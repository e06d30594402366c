"""Chance that can be repeated: generators seeded by the data, and p values of permutations.

The same data give the same draws on every machine and in every order of reports; data that differ
in one value give others.
"""

import hashlib

import numpy as np
import numpy.typing as npt


def seeded(*data: npt.ArrayLike, seed: int = 0) -> np.random.Generator:
    """Return a generator whose draws follow from the data.

    Parameters
    ----------
    data
        Arrays of numbers, truth values or text, as the calculation uses them.
    seed
        Told apart from other uses of the same data.

    Examples
    --------
    >>> bool(seeded([1.0, 2.0]).integers(100) == seeded([1.0, 2.0]).integers(100))
    True
    """
    digest = hashlib.sha256(str(seed).encode())
    for part in data:
        values = np.asarray(part)
        digest.update(f"{values.shape}".encode())
        if values.dtype.kind in "biuf":
            digest.update(np.ascontiguousarray(values, dtype="<f8").tobytes())
        else:
            for value in values.ravel():
                text = str(value).encode("utf-8", "surrogatepass")
                digest.update(f"{len(text)}:".encode() + text)
    return np.random.default_rng(int.from_bytes(digest.digest()[:16], "little"))


def permutation_p(observed: float, drawn: npt.ArrayLike) -> float:
    """Return the share of arrangements at least as extreme as the observed one, itself included.

    Parameters
    ----------
    drawn
        Shape (draws,): the statistic in arrangements drawn at random; larger is more extreme.

    Notes
    -----
    With itself counted the test holds its level for any number of draws: Phipson and Smyth
    (2010), Stat. Appl. Genet. Mol. Biol. 9, 39.

    Examples
    --------
    >>> permutation_p(3.0, [1.0, 2.0, 3.0])
    0.5
    """
    values = np.asarray(drawn, dtype=float)
    slack = 1e-9 * max(1.0, abs(observed))
    return float((1 + np.count_nonzero(values >= observed - slack)) / (1 + len(values)))
