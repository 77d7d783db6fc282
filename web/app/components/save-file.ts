/** Has the browser save a text as a file; what no file name takes is left out of the name. */
export function saveFile(name: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name.replaceAll(/[\\/:*?"<>|]/g, " ");
  link.click();
  URL.revokeObjectURL(url);
}
