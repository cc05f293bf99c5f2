"""Letters from word processors: docx, docm, doc, odt and rtf, all through one flow."""
