"""The customers of an engagement, each once: what is known of it and the state that it is in.

Computed once per engagement (:attr:`workbook.diagnostics.inputs.Inputs.ledger`), before any
diagnostic.  Who has bought, who is silent and who is lost is defined here and nowhere else.
"""
