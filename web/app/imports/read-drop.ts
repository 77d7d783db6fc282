/** A file as it was dropped or chosen, with the folders that it lay in. */
export type FoundFile = { file: File; path: string };

/** Files of a list, with their folders where a folder was chosen. */
export function filesOf(list: Iterable<File> | null | undefined): FoundFile[] {
  return [...(list ?? [])].map((file) => ({ file, path: file.webkitRelativePath || file.name }));
}

/** What a drop holds, folders as such; kept apart from the event, behind which the browser forgets its items. */
export type Dropped = { entries: FileSystemEntry[]; files: File[] };

/** What a drop holds. To be called within the event. */
export function readDrop(transfer: DataTransfer): Dropped {
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  return { entries, files: [...transfer.files] };
}

/** Everything in what was dropped, folders walked through. */
export async function filesOfDrop({ entries, files }: Dropped): Promise<FoundFile[]> {
  if (entries.length === 0) return filesOf(files);
  const found: FoundFile[] = [];
  for (const entry of entries) await walk(entry, found);
  return found;
}

async function walk(entry: FileSystemEntry, found: FoundFile[]): Promise<void> {
  if (isFile(entry)) {
    // A file that vanished or can't be read meanwhile isn't there to be sent.
    const file = await new Promise<File | null>((resolve) => entry.file(resolve, () => resolve(null)));
    if (file) found.push({ file, path: entry.fullPath.replace(/^\//, "") });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  // A directory's entries come in portions, until one is empty.
  for (;;) {
    const portion = await new Promise<FileSystemEntry[]>((resolve) =>
      reader.readEntries(resolve, () => resolve([])),
    );
    if (portion.length === 0) return;
    for (const inside of portion) await walk(inside, found);
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

/** Opens the system's window for a whole folder. */
export function chooseFolder(onFiles: (files: FoundFile[]) => void): void {
  const input = document.createElement("input");
  input.type = "file";
  input.webkitdirectory = true;
  input.addEventListener("change", () => onFiles(filesOf(input.files)));
  input.click();
}

/** Opens the system's window for one file. */
export function chooseFile(accept: string, onFile: (file: File) => void): void {
  const input = document.createElement("input");
  input.type = "file";
  input.accept = accept;
  input.addEventListener("change", () => {
    const [file] = input.files ?? [];
    if (file) onFile(file);
  });
  input.click();
}
