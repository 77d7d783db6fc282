import { eq } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import type { TenantContext } from "../context.ts";
import { documents } from "../db/schema/documents.ts";
import { isSuperseded } from "../ingest/lease.ts";
import { advance } from "../ingest/pipeline.ts";
import { tidyDocument } from "../ingest/stages/tidy.ts";
import type { Deployment } from "./hand-turned.ts";
import { edition, failedUpdate, library, read, stored, versionRead, versions } from "./versions-fixture.ts";

const [FIRST, SECOND] = [edition("first"), edition("second")];

/** Messages after which a document must have come to its end. */
const MESSAGES = 20;
/** Milliseconds for some thirty ingestions, on a machine that does other things too. */
const SWEEP_MS = 300_000;

type Step = { name: string; when: "before" | "after" };

/** A context whose every call to the outside is told of before and after it happens. */
function stepped(ctx: TenantContext, tell: (step: Step) => unknown): TenantContext {
  const around = <T extends object>(of: T, prefix: string): T =>
    new Proxy(of, {
      get(target, key) {
        const member = Reflect.get(target, key) as unknown;
        if (typeof member !== "function") return member;
        return async (...args: unknown[]) => {
          await tell({ name: `${prefix}.${String(key)}`, when: "before" });
          const result = await Reflect.apply(member, target, args);
          await tell({ name: `${prefix}.${String(key)}`, when: "after" });
          return result;
        };
      },
    });
  return {
    ...ctx,
    db: around(ctx.db, "db"),
    vectors: around(ctx.vectors, "vectors"),
    files: around(ctx.files, "files"),
    embeddings: around(ctx.embeddings, "embeddings"),
  };
}

type Begun = { here: Deployment; id: string };

const UPDATES: Record<string, (here: Deployment, id: string) => Promise<Response>> = {
  replace: (here, id) => here.replace(id, SECOND),
  "re-index": (here, id) => here.request("POST", `/documents/${id}/reindex`),
};

/** What a clean run leaves, without what is different by nature. */
async function outcome({ here, id }: Begun) {
  const list = await versions(here, id);
  const {
    updated_at: _,
    created_at: __,
    ...document
  } = (await read(here, id)) as unknown as Record<string, unknown>;
  return {
    document: { ...document, id: null, collection_id: null },
    stored: await stored(here, id),
    versions: list.map(({ created_at: _, published_at: __, ...row }) => row),
  };
}

/** Works on a document until nothing is left to do; a consumer that dies in between is followed by another. */
async function work(ctx: TenantContext, { here, id }: Begun): Promise<void> {
  for (let message = 0; message < MESSAGES; message++) {
    if ((await stored(here, id)).job === null) return;
    // The lease of a dead consumer is over.
    await here.sweep();
    await advance(ctx, id).catch(() => {});
  }
  throw new Error("still at work");
}

test.each(Object.keys(UPDATES))(
  "%s: at every step exactly one version is found, and never the old one after the new",
  async (name) => {
    const { here, id } = await library(FIRST);
    const { id: assistant } = await here.json<{ id: string }>("POST", "/assistants", {
      name: "Reader",
      collection_ids: [here.collectionId],
    });
    const answering = async () => {
      const { sources } = await here.json<{ sources: { version: number }[] }>("POST", `/chat/${assistant}`, {
        message: "How is the cellar of house 2 kept?",
      });
      return new Set(sources.map(({ version }) => version));
    };
    const seen: number[] = [];
    const look = async () => {
      const version = await versionRead(here, id);
      expect(version).toBeGreaterThanOrEqual(seen.at(-1) ?? 1);
      if (seen.length % 8 === 0) expect(await answering()).toEqual(new Set([version]));
      seen.push(version);
    };
    expect((await UPDATES[name]?.(here, id))?.status).toBe(202);
    const ctx = stepped(here.context(), look);
    while ((await stored(here, id)).job !== null) await advance(ctx, id);
    expect(seen.length).toBeGreaterThan(20);
    expect(new Set(seen)).toEqual(new Set([1, 2]));
    expect(await answering()).toEqual(new Set([2]));
  },
);

/** A consumer dies at each of the calls of a clean run in turn; whatever it did before stays done. */
async function killEverywhere(begin: () => Promise<Begun>, whole: (begun: Begun) => Promise<unknown>) {
  const log = vi.spyOn(console, "error").mockImplementation(() => {});
  const clean = await begin();
  const calls: string[] = [];
  const note = ({ name, when }: Step) => when === "before" && calls.push(name);
  await work(stepped(clean.here.context(), note), clean);
  await whole(clean);
  const expected = await outcome(clean);
  for (const kill of calls.keys()) {
    const begun = await begin();
    let call = 0;
    const dying = stepped(begun.here.context(), ({ when }) => {
      if (call > kill || (when === "before" && call++ === kill)) throw new Error("killed");
    });
    for (let message = 0; call <= kill && message < MESSAGES; message++) {
      await advance(dying, begun.id).catch(() => {});
    }
    await versionRead(begun.here, begun.id);
    await work(begun.here.context(), begun);
    expect(await outcome(begun), `killed at call ${kill}, ${calls[kill]}`).toEqual(expected);
    await whole(begun);
  }
  log.mockRestore();
  return clean;
}

test.each(Object.keys(UPDATES))(
  "%s: a consumer killed at any call is followed by another, and the end is that of a clean run",
  async (name) => {
    const begin = async () => {
      const begun = await library(FIRST);
      await UPDATES[name]?.(begun.here, begun.id);
      return begun;
    };
    await killEverywhere(begin, async ({ here, id }) => {
      expect(await versionRead(here, id)).toBe(2);
      expect((await stored(here, id)).states).toEqual({ 1: "complete", 2: "complete" });
    });
  },
  SWEEP_MS,
);

test(
  "the retry of a failed update: a consumer killed at any call is followed by another, and the file is never lost",
  async () => {
    const begin = async () => {
      const begun = await library(FIRST);
      await failedUpdate(begun.here, begun.id, SECOND);
      expect((await begun.here.request("POST", `/documents/${begun.id}/retry`)).status).toBe(202);
      return begun;
    };
    await killEverywhere(begin, async ({ here, id }) => {
      expect(await versionRead(here, id)).toBe(3);
      const { states, objects } = await stored(here, id);
      expect(states).toEqual({ 1: "complete", 2: "failed", 3: "complete" });
      expect(objects).toHaveLength(2);
    });
  },
  SWEEP_MS,
);

test(
  "the removal of what a version left is right when cut off anywhere, and done again",
  async () => {
    const begin = async () => {
      const begun = await library(FIRST);
      const { here, id } = begun;
      await here.replace(id, SECOND);
      await here.finish();
      await here.replace(id, edition("third"));
      while ((await stored(here, id)).job === "ingest") await here.turn();
      expect(await stored(here, id)).toMatchObject({ job: "tidy", states: { 1: "retired" } });
      return begun;
    };
    const clean = await killEverywhere(begin, async ({ here, id }) => {
      expect(await versionRead(here, id)).toBe(3);
      expect(Object.keys((await stored(here, id)).chunks ?? {})).toEqual(["2", "3"]);
    });
    const expected = await outcome(clean);
    const ctx = clean.here.context();
    const [[row]] = await ctx.db.transaction((q) => [
      q.select().from(documents).where(eq(documents.id, clean.id)),
    ]);
    if (!row) throw new Error("no document");
    await expect(tidyDocument(ctx, row)).rejects.toSatisfy(isSuperseded);
    expect(await outcome(clean)).toEqual(expected);
  },
  SWEEP_MS,
);
