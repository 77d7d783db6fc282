import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MAX_TOP_K, type VectorEntry, type VectorStore, VectorStoreError } from "../../ports/vector-store.ts";

export type StoreUnderTest = {
  /** Numbers a vector has; 2 at least. */
  dimensions: number;
  /** A store as `wiring.ts` would bind it to this tenant, of the model given or of the suite's own. */
  open(tenantId: string, model?: string): VectorStore;
  /** Ids that may be given vectors: of new chunks where the store wants them to exist, random ones elsewhere. */
  chunks(tenantId: string, collectionId: string, count: number): Promise<string[]>;
  /** Removes what the suite left behind. */
  close?(): Promise<void>;
};

export type ContractOptions = {
  make(): Promise<StoreUnderTest>;
  /** Tests of the contract that this store can't pass, by name; shown as skipped, with the reason. */
  exceptions: { test: string; reason: string }[];
  /** Runs an assertion until it holds, for stores whose writes show late; by default once. */
  settle?(assertion: () => Promise<void>): Promise<void>;
  /** Decimals to which a score is the cosine; 4 by default. */
  scoreDigits?: number;
};

/** What every vector store must do alike, as tests. The one text that says what the port means. */
export function describeVectorStore(name: string, options: ContractOptions): void {
  const { settle = (assertion) => assertion(), scoreDigits = 4 } = options;
  const excused = new Map(options.exceptions.map(({ test, reason }) => [test, reason]));

  describe(`vector store: ${name}`, () => {
    let store: StoreUnderTest;
    beforeAll(async () => {
      store = await options.make();
    });
    afterAll(() => store?.close?.());

    const id = () => crypto.randomUUID();
    /** A vector at an angle, in degrees, from the first axis: between two of them the cosine is known. */
    const at = (degrees: number, length = 1): number[] => {
      const radians = (degrees * Math.PI) / 180;
      const plane = [length * Math.cos(radians), length * Math.sin(radians)];
      return [...plane, ...new Array<number>(store.dimensions - 2).fill(0)];
    };
    const cosine = (degrees: number) => Math.cos((degrees * Math.PI) / 180);

    /** A tenant with a collection of chunks at these angles. */
    async function library(angles: number[], tenantId = id(), collectionId = id()) {
      const ids = await store.chunks(tenantId, collectionId, angles.length);
      const vectors = store.open(tenantId);
      await vectors.upsert(ids.map((id, index) => ({ id, collectionId, vector: at(angles[index] ?? 0) })));
      const find = async (topK = 10, collectionIds = [collectionId], vector = at(0)) =>
        (await vectors.query({ vector, topK, collectionIds })).map((hit) => hit.id);
      return { tenantId, collectionId, ids, vectors, find };
    }

    function it(title: string, run: () => Promise<void>): void {
      const reason = excused.get(title);
      if (reason === undefined) test(title, run);
      else test.skip(`${title} (${reason})`, run);
      excused.delete(title);
    }

    it("gives the nearest first, with their cosines", async () => {
      const { ids, vectors, collectionId } = await library([60, 0, 90, 30, 120]);
      await settle(async () => {
        const hits = await vectors.query({ vector: at(0), topK: 10, collectionIds: [collectionId] });
        expect(hits.map((hit) => hit.id)).toEqual([1, 3, 0, 2, 4].map((index) => ids[index]));
        for (const [index, degrees] of [0, 30, 60, 90, 120].entries()) {
          expect(hits[index]?.score).toBeCloseTo(cosine(degrees), scoreDigits);
        }
      });
    });

    it("replaces a vector that is written again", async () => {
      const { ids, vectors, collectionId } = await library([90, 45]);
      const again = { id: ids[0] ?? "", collectionId, vector: at(0) };
      await vectors.upsert([again]);
      await vectors.upsert([again]);
      await settle(async () => {
        const hits = await vectors.query({ vector: at(0), topK: 10, collectionIds: [collectionId] });
        expect(hits.map((hit) => hit.id)).toEqual(ids);
        expect(hits[0]?.score).toBeCloseTo(1, scoreDigits);
      });
    });

    it("searches the collections asked for alone", async () => {
      const first = await library([0]);
      const second = await library([10], first.tenantId);
      const third = await library([20], first.tenantId);
      await settle(async () => {
        expect(await first.find()).toEqual(first.ids);
        expect(await first.find(10, [third.collectionId, second.collectionId])).toEqual([
          ...second.ids,
          ...third.ids,
        ]);
        expect(await first.find(10, [id()])).toEqual([]);
      });
    });

    it("searches sixty collections at once, some of them named twice", async () => {
      const tenantId = id();
      const collectionIds = Array.from({ length: 60 }, id);
      const vectors = store.open(tenantId);
      const entries: VectorEntry[] = [];
      for (const [index, collectionId] of collectionIds.entries()) {
        const [chunk = ""] = await store.chunks(tenantId, collectionId, 1);
        entries.push({ id: chunk, collectionId, vector: at(index * 2) });
      }
      await vectors.upsert(entries);
      const ids = entries.map((entry) => entry.id);
      // Whatever a store asks in parts has to be put together again, by score.
      const apart = [...collectionIds.filter((_, index) => index % 2 > 0), ...collectionIds];
      const query = { vector: at(0), topK: 60, collectionIds: apart };
      await settle(async () => {
        expect((await vectors.query(query)).map((hit) => hit.id)).toEqual(ids);
        expect((await vectors.query({ ...query, topK: 7 })).map((hit) => hit.id)).toEqual(ids.slice(0, 7));
      });
    });

    it("finds nothing in no collection, nor for a tenant that has nothing", async () => {
      const { vectors, collectionId, find, ids } = await library([0]);
      expect(await vectors.query({ vector: at(0), topK: 10, collectionIds: [] })).toEqual([]);
      await settle(async () => expect(await find()).toEqual(ids));
      expect(
        await store.open(id()).query({ vector: at(0), topK: 10, collectionIds: [collectionId] }),
      ).toEqual([]);
    });

    it(`gives topK hits, and ${MAX_TOP_K} at most`, async () => {
      const { find, ids } = await library(Array.from({ length: MAX_TOP_K + 5 }, (_, index) => index * 1.5));
      await settle(async () => {
        expect(await find(3)).toEqual(ids.slice(0, 3));
        expect(await find(MAX_TOP_K)).toHaveLength(MAX_TOP_K);
        expect(await find(MAX_TOP_K + 5)).toHaveLength(MAX_TOP_K);
      });
    });

    it("takes nothing, and does nothing", async () => {
      await store.open(id()).upsert([]);
      await store.open(id()).delete([]);
      expect(await store.open(id()).present([])).toEqual([]);
    });

    it("deletes by id, and ids it never saw", async () => {
      const { vectors, find, ids } = await library([0, 10, 20]);
      await vectors.delete([ids[1] ?? "", id()]);
      await vectors.delete([ids[1] ?? ""]);
      await settle(async () => expect(await find()).toEqual([ids[0], ids[2]]));
    });

    it("tells which of any ids it holds, of this tenant alone", async () => {
      const [mine, theirs] = [await library([0, 10, 20]), await library([0])];
      const asked = [...mine.ids, ...theirs.ids, id(), mine.ids[0] ?? ""];
      const held = async () => (await mine.vectors.present(asked)).toSorted();
      await settle(async () => expect(await held()).toEqual(mine.ids.toSorted()));
      await mine.vectors.delete(mine.ids.slice(1));
      await settle(async () => expect(await held()).toEqual(mine.ids.slice(0, 1)));
      expect(await store.open(id()).present(asked)).toEqual([]);
    });

    it("doesn't delete another tenant's vector", async () => {
      const [mine, theirs] = [await library([0, 10]), await library([0])];
      await mine.vectors.delete([...theirs.ids, mine.ids[0] ?? ""]);
      await settle(async () => expect(await mine.find()).toEqual([mine.ids[1]]));
      await settle(async () => expect(await theirs.find()).toEqual(theirs.ids));
    });

    it("doesn't replace or take another tenant's vector", async () => {
      const [mine, theirs] = [await library([0]), await library([0])];
      const forged = theirs.ids.map((id) => ({ id, collectionId: mine.collectionId, vector: at(90) }));
      // A store may refuse it or keep it apart: either way the other tenant's stays.
      await mine.vectors.upsert(forged).catch(() => {});
      await mine.vectors.upsert([{ id: mine.ids[0] ?? "", collectionId: mine.collectionId, vector: at(10) }]);
      await settle(async () => {
        const query = { vector: at(10), topK: 1, collectionIds: [mine.collectionId] };
        expect((await mine.vectors.query(query))[0]?.score).toBeCloseTo(1, scoreDigits);
        const hits = await theirs.vectors.query({
          vector: at(0),
          topK: 10,
          collectionIds: [theirs.collectionId, mine.collectionId],
        });
        expect(hits.map((hit) => hit.id)).toEqual(theirs.ids);
        expect(hits[0]?.score).toBeCloseTo(1, scoreDigits);
      });
    });

    it("keeps twin tenants apart, with the same vectors and each other's collections", async () => {
      const angles = [0, 20, 40];
      const [one, two] = [await library(angles), await library(angles)];
      const both = [one.collectionId, two.collectionId];
      await settle(async () => {
        expect(await one.find(10, both)).toEqual(one.ids);
        expect(await two.find(10, both)).toEqual(two.ids);
      });
      await one.vectors.delete(one.ids);
      await settle(async () => expect(await one.find(10, both)).toEqual([]));
      expect(await two.find(10, both)).toEqual(two.ids);
    });

    it("takes more than a thousand entries, and as many ids, in one call", async () => {
      const between = Array.from({ length: 1_198 }, (_, index) => 20 + index / 10);
      const angles = [0, 5, 10, ...between, 160, 170];
      const { find, ids, vectors } = await library(angles);
      await settle(async () => {
        expect(await find(3)).toEqual(ids.slice(0, 3));
        expect(await find(2, undefined, at(170))).toEqual(ids.slice(-2).reverse());
      });
      await settle(async () => expect(await vectors.present(ids)).toHaveLength(ids.length));
      await vectors.delete(ids.slice(0, -1));
      await settle(async () => expect(await find(MAX_TOP_K)).toEqual(ids.slice(-1)));
      await settle(async () => expect(await vectors.present(ids)).toEqual(ids.slice(-1)));
    });

    it("refuses a vector of other dimensions for good, and says both numbers", async () => {
      const { collectionId, vectors, ids, find } = await library([0]);
      const vector = [...at(0), 1];
      const write = vectors.upsert([{ id: ids[0] ?? "", collectionId, vector }]);
      for (const attempt of [write, vectors.query({ vector, topK: 1, collectionIds: [collectionId] })]) {
        const error = await attempt.then(
          () => null,
          (error: unknown) => error,
        );
        expect(error).toBeInstanceOf(VectorStoreError);
        expect(error).toMatchObject({ retryable: false });
        expect(String(error)).toMatch(new RegExp(`\\b${vector.length}\\b.*\\b${store.dimensions}\\b`));
      }
      await settle(async () => expect(await find()).toEqual(ids));
    });

    it("compares directions, whatever the lengths", async () => {
      const { collectionId, vectors, ids } = await library([0, 0]);
      await vectors.upsert([
        { id: ids[0] ?? "", collectionId, vector: at(60, 7) },
        { id: ids[1] ?? "", collectionId, vector: at(30, 0.01) },
      ]);
      await settle(async () => {
        const query = { topK: 2, collectionIds: [collectionId] };
        for (const vector of [at(0), at(0, 20)]) {
          const hits = await vectors.query({ ...query, vector });
          expect(hits.map((hit) => hit.id)).toEqual([ids[1], ids[0]]);
          expect(hits[0]?.score).toBeCloseTo(cosine(30), scoreDigits);
          expect(hits[1]?.score).toBeCloseTo(cosine(60), scoreDigits);
        }
      });
    });

    it("doesn't compare vectors of another model", async () => {
      const { tenantId, collectionId, vectors, ids, find } = await library([0, 10]);
      const other = store.open(tenantId, `another-model-${id()}`);
      const query = { vector: at(0), topK: 10, collectionIds: [collectionId] };
      await settle(async () => expect(await find()).toEqual(ids));
      expect(await other.query(query)).toEqual([]);
      const [moved = ""] = await store.chunks(tenantId, collectionId, 1);
      await other.upsert([{ id: moved, collectionId, vector: at(0) }]);
      await settle(async () => expect((await other.query(query)).map((hit) => hit.id)).toEqual([moved]));
      expect((await vectors.query(query)).map((hit) => hit.id)).toEqual(ids);
    });

    test("every exception names a test", () => {
      expect([...excused.keys()]).toEqual([]);
    });
  });
}
