import { expect, test } from "vitest";
import { entryPath, isSystemPath, namesApart } from "./entry-path.ts";

test.each([
  ["a.md", "", "a.md"],
  ["Contrats/2026/été.pdf", "Contrats/2026", "été.pdf"],
  ["../../etc/passwd", "etc", "passwd"],
  ["/etc/passwd", "etc", "passwd"],
  ["C:\\Users\\me\\a.md", "Users/me", "a.md"],
  ["c:a.md", "", "a.md"],
  ["a/./b/../c.md", "a/b", "c.md"],
  ["a//b///c.md", "a/b", "c.md"],
  ["..\\..\\a.md", "", "a.md"],
  ["\\\\server\\share\\a.md", "server/share", "a.md"],
  ["a\0.md/b\0.md", "a.md", "b.md"],
  ["folder/\u202egnp.md", "folder", "gnp.md"],
  ["...", "", "document"],
  ["", "", "document"],
  ["a/ b /c.md ", "a/b", "c.md"],
])("%j lies in %j as %j", (raw, folder, name) => {
  expect(entryPath(raw)).toEqual({ folder, name });
});

test("a path of any length and depth fits", () => {
  const { folder, name } = entryPath(`${"long/".repeat(5_000)}${"x".repeat(5_000)}.pdf`);
  expect(folder.length).toBe(500);
  expect(name).toMatch(/^x{196}\.pdf$/);
});

test("what systems leave behind is told from people's files", () => {
  const system = [
    "__MACOSX/a/._b.md",
    ".DS_Store",
    "a/Thumbs.db",
    "desktop.ini",
    ".git/config",
    "~$report.docx",
  ];
  for (const path of system) expect(isSystemPath(entryPath(path)), path).toBe(true);
  for (const path of ["a.md", "git/config.txt", "MACOSX/a.md"])
    expect(isSystemPath(entryPath(path)), path).toBe(false);
});

test("the same name twice in a folder is two names, in any case of letters", () => {
  const apart = namesApart();
  const names = ["a.md", "a.md", "A.MD", "a (2).md", "a"].map((name) => apart({ folder: "f", name }).name);
  expect(names).toEqual(["a.md", "a (2).md", "A (3).MD", "a (2) (2).md", "a"]);
  expect(apart({ folder: "g", name: "a.md" }).name).toBe("a.md");
});
