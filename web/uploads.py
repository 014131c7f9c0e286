"""How files come in: one that is cut off is noticed, one that is larger than any form takes is not kept."""

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, TemporaryFileUploadHandler
from django.http import HttpRequest


class NoticeCutOff(FileUploadHandler):
    """Notices a file that does not end: Django leaves it out and says nothing, as if none had been chosen."""

    has_begun = False

    def new_file(self, *args, **kwargs):
        self.has_begun = True
        return super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data, start):
        return raw_data

    def file_complete(self, file_size):
        self.has_begun = False

    def upload_complete(self):
        self.request.upload_was_cut_off = self.has_begun


def was_cut_off(request: HttpRequest) -> bool:
    """Whether the request's last file did not arrive to its end."""
    return getattr(request, "upload_was_cut_off", False)


class MeasuredFiles(TemporaryFileUploadHandler):
    """Writes a file to the disk up to `LARGEST_UPLOAD`; of the rest only the length is known.

    The form then says that it is too large, with everything else that was typed: an upload that was
    broken off would have lost that.
    """

    def receive_data_chunk(self, raw_data, start):
        if start + len(raw_data) <= settings.LARGEST_UPLOAD:
            return super().receive_data_chunk(raw_data, start)
        return None
