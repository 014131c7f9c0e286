"""How files come in: one that is larger than any form takes is measured, and not kept."""

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class MeasuredFiles(TemporaryFileUploadHandler):
    """Writes a file to the disk up to `LARGEST_UPLOAD`; of the rest only the length is known.

    The form then says that it is too large, with everything else that was typed: an upload that was
    broken off would have lost that.
    """

    def receive_data_chunk(self, raw_data, start):
        if start + len(raw_data) <= settings.LARGEST_UPLOAD:
            return super().receive_data_chunk(raw_data, start)
        return None
