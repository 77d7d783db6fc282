import { z } from "zod";
import {
  CreateCollection,
  CreateIndex,
  DeletePoints,
  QueryPoints,
  readBody,
  ScrollPoints,
  UpsertPoints,
} from "./bodies.ts";
import { Collection } from "./collection.ts";
import { Fault, suffer } from "./faults.ts";
import { badInput, noCollection, QdrantError } from "./qdrant-error.ts";

export type Call = { method: string; url: URL; body: string };

/** What a test may set for a collection, before it exists too. */
const Control = z.strictObject({ fault: Fault.optional(), visibility_delay_ms: z.int().min(0).optional() });

/** Milliseconds until a write that nobody waits for shows, unless a test says otherwise. */
const VISIBILITY_DELAY_MS = 300;

/** The endpoints that Ancre uses, with what a real server checks; `result` of the answer. */
export function createRoutes(): (call: Call) => Promise<unknown> {
  const collections = new Map<string, Collection>();
  const faults = new Map<string, Fault>();
  const delays = new Map<string, number>();
  const requests = new Map<string, string[]>();

  function find(name: string): Collection {
    const collection = collections.get(name);
    if (!collection) throw noCollection(name);
    collection.visibilityDelayMs = delays.get(name) ?? VISIBILITY_DELAY_MS;
    return collection;
  }

  function control(name: string, { method, body }: Call): unknown {
    if (method === "GET") return { requests: requests.get(name) ?? [] };
    const { fault, visibility_delay_ms } = readBody(Control, body);
    if (fault) faults.set(name, fault);
    if (visibility_delay_ms !== undefined) delays.set(name, visibility_delay_ms);
    return true;
  }

  function create(name: string, body: string): boolean {
    if (collections.has(name))
      throw new QdrantError(409, `Wrong input: Collection \`${name}\` already exists!`);
    if (/[<>:"/\\|?*\0]/.test(name) || name.length > 255) throw badInput(`invalid collection name ${name}`);
    collections.set(name, new Collection(readBody(CreateCollection, body)));
    return true;
  }

  return async (call) => {
    const { method, url, body } = call;
    const [root, encoded = "", ...rest] = url.pathname.split("/").slice(1);
    const name = decodeURIComponent(encoded);
    if (root === "_control") return control(name, call);
    if (root === "collections" && !name && method === "GET") {
      return { collections: [...collections.keys()].map((known) => ({ name: known })) };
    }
    if (root !== "collections" || !name) throw new QdrantError(404, "");
    const route = `${method} ${rest.join("/")}`;
    requests.set(name, [...(requests.get(name) ?? []), route]);
    await suffer(faults.get(name));
    const wait = url.searchParams.get("wait") === "true";
    switch (route) {
      case "GET ":
        return find(name).info();
      case "PUT ":
        return create(name, body);
      case "DELETE ":
        return collections.delete(name);
      case "PUT index": {
        const { field_name, field_schema } = readBody(CreateIndex, body);
        return find(name).createIndex(field_name, field_schema);
      }
      case "PUT points":
        return find(name).upsert(readBody(UpsertPoints, body), wait);
      case "POST points/query":
        return find(name).query(readBody(QueryPoints, body));
      case "POST points/scroll":
        return find(name).scroll(readBody(ScrollPoints, body));
      case "POST points/delete":
        return find(name).delete(readBody(DeletePoints, body).filter, wait);
      default:
        throw new QdrantError(404, "");
    }
  };
}
