"""The made-up office that a first start shows: fourteen months of meetings, always relative to today.

`cast` is who there is, `script` reads what is said (the files in `meetings/`), `story` puts both
into the record through the services that everybody uses, so that the sample is always a valid record.
"""
