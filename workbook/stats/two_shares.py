"""Two shares, exactly."""


def fisher_p(a: int, n: int, b: int, m: int) -> float:
    """Return Fisher's exact p value, both sides, of ``a`` of ``n`` against ``b`` of ``m``.

    Examples
    --------
    >>> round(fisher_p(1, 10, 8, 10), 4)
    0.0055
    """
    from scipy.stats import fisher_exact  # slow to import, and seldom needed

    return min(1.0, float(fisher_exact([[a, n - a], [b, m - b]]).pvalue))
