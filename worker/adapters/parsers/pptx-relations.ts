import { descendants, readXml } from "./xml.ts";
import type { GuardedZip } from "./zip-guard.ts";

/** Relations of a part by id: the last word of their type, e.g. "notesSlide", and the target's path in the zip. */
export type Relations = Map<string, { type: string; path: string }>;

/** Reads the relations of the part at `path`; external targets are left out. Throws `ParseFailure` "corrupt". */
export function readRelations(zip: GuardedZip, path: string): Relations {
  const slash = path.lastIndexOf("/");
  const bytes = zip.read(`${path.slice(0, slash)}/_rels/${path.slice(slash + 1)}.rels`);
  const relations: Relations = new Map();
  for (const { attributes } of bytes ? descendants(readXml(bytes), "Relationship") : []) {
    const { Id, Type, Target, TargetMode } = attributes;
    if (!Id || !Type || !Target || TargetMode === "External") continue;
    relations.set(Id, { type: Type.slice(Type.lastIndexOf("/") + 1), path: resolvePath(path, Target) });
  }
  return relations;
}

/** Path of the first relation of a type. */
export function followRelation(relations: Relations, type: string): string | undefined {
  return [...relations.values()].find((relation) => relation.type === type)?.path;
}

function resolvePath(base: string, target: string): string {
  const segments = target.startsWith("/") ? [] : base.split("/").slice(0, -1);
  for (const segment of target.split("/")) {
    if (segment === "..") segments.pop();
    else if (segment !== "." && segment !== "") segments.push(segment);
  }
  return segments.join("/");
}
