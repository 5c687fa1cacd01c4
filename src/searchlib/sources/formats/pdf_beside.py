"""What stands beside the text of a PDF: values of form fields, notes that readers made, attached files.

Links and the windows of notes say nothing of their own. Attached files are named, not read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .pdf_information import read_string
from .pdf_letters import clean

_MAX_ANNOTATIONS = 20_000  # of a page
_MAX_ATTACHMENTS = 1_000
_HIDDEN = 2 | 32  # flags of an annotation: hidden, not to be viewed
_NO_FORM, _WHOLE_XFA = 0, 2


class Beside:
    """The forms and annotations of a document. raw: pypdfium2.raw; document: a handle of pdfium's."""

    def __init__(self, raw: Any, document: Any) -> None:
        self._raw, self._document, self._form = raw, document, None
        self.is_only_xfa = False
        kind = raw.FPDF_GetFormType(document)
        if kind != _NO_FORM:
            self._config = raw.FPDF_FORMFILLINFO(version=2)
            self._form = raw.FPDFDOC_InitFormFillEnvironment(document, self._config)
            self.is_only_xfa = kind == _WHOLE_XFA
        self._values = {raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX}
        self._silent = {
            raw.FPDF_ANNOT_LINK,
            raw.FPDF_ANNOT_POPUP,
            raw.FPDF_ANNOT_PRINTERMARK,
            raw.FPDF_ANNOT_TRAPNET,
        }

    def close(self) -> None:
        if self._form:
            self._raw.FPDFDOC_ExitFormFillEnvironment(self._form)
            self._form = None

    def texts(self, page: Any) -> list[str]:
        """What fields and notes of a page say, each once."""
        count = min(self._raw.FPDFPage_GetAnnotCount(page), _MAX_ANNOTATIONS)
        return list(dict.fromkeys(text for index in range(count) if (text := self._text(page, index))))

    def _text(self, page: Any, index: int) -> str:
        raw = self._raw
        annotation = raw.FPDFPage_GetAnnot(page, index)
        if not annotation:
            return ""
        try:
            kind = raw.FPDFAnnot_GetSubtype(annotation)
            if kind in self._silent or raw.FPDFAnnot_GetFlags(annotation) & _HIDDEN:
                return ""
            if kind != raw.FPDF_ANNOT_WIDGET:
                return self._string(raw.FPDFAnnot_GetStringValue, annotation, b"Contents")
            if not self._form or raw.FPDFAnnot_GetFormFieldType(self._form, annotation) not in self._values:
                return ""
            return self._string(raw.FPDFAnnot_GetFormFieldValue, self._form, annotation)
        finally:
            raw.FPDFPage_CloseAnnot(annotation)

    def _string(self, function: Any, *arguments: Any) -> str:
        size = function(*arguments, None, 0)
        text = read_string(lambda buffer, length: function(*arguments, buffer, length), size)
        lines = (clean(line) for line in text.splitlines())
        return "\n".join(line for line in lines if line)

    def attachments(self) -> Iterator[str]:
        """The names of the files that are attached to the document."""
        for index in range(min(self._raw.FPDFDoc_GetAttachmentCount(self._document), _MAX_ATTACHMENTS)):
            attachment = self._raw.FPDFDoc_GetAttachment(self._document, index)
            if attachment and (name := self._string(self._raw.FPDFAttachment_GetName, attachment)):
                yield name
