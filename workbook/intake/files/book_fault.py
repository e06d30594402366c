"""Why a workbook cannot be used: a code for the parent of the process that reads workbooks."""


class FaultError(Exception):
    """The workbook cannot be used; the code names why.

    Examples
    --------
    >>> FaultError("too_many_columns", sheet="Sales", most=2000).report
    {'fault': 'too_many_columns', 'sheet': 'Sales', 'most': 2000}
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.report = {"fault": code, **facts}
