"""Makes the sample engagements: invented clients' files with known truth, dirty as real files are.

``python -m data_samples.generate`` from the project root writes every data file of
``data_samples/`` anew, byte for byte; engagement.toml, notes and logos are written by hand and
left alone.  One module builds one table, one specification in ``engagements/`` describes one
client.  A further table is a new module, one line in :mod:`.build` and the layouts that hold it.

Data flows one way: specification -> clean rows (:mod:`.build`) -> truth (:mod:`.truth`) and
files (:mod:`.files`, where the dirt is added).  The truth is counted from the clean rows here
and never by the package that the samples are to test.
"""
