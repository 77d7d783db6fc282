export const PDF = "application/pdf";
export const DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
export const PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation";
export const HTML = "text/html";
export const MARKDOWN = "text/markdown";
export const PLAIN_TEXT = "text/plain";
export const ZIP = "application/zip";
/** OLE compound file: an encrypted OOXML document or a Word/PowerPoint 97 one. */
export const COMPOUND_FILE = "application/x-cfb";
export const UNKNOWN = "application/octet-stream";
