/** Has the browser save a file; what no file name takes is left out of its name. */
export function saveFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = url;
  link.download = name.replaceAll(/[\\/:*?"<>|]/g, " ");
  link.click();
  URL.revokeObjectURL(url);
}
