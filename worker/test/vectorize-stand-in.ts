import type { VectorizeBinding } from "../adapters/vector/vectorize.ts";

type Vector = Parameters<VectorizeBinding["upsert"]>[0][number];
type QueryOptions = NonNullable<Parameters<VectorizeBinding["query"]>[1]>;
type Mutation = { visibleAt: number; apply(vectors: Map<string, Vector>): void };
type Failure = { error: Error; times: number } | { hangs: true; times: number };

const QUERY_OPTIONS = ["topK", "namespace", "returnValues", "returnMetadata", "filter"];
const VECTOR_FIELDS = ["id", "values", "namespace", "metadata"];
const INDEXED_BYTES = 64;

/**
 * Stands in for a Vectorize index as Cloudflare's documents describe it: same limits, same wording where it is
 * known, writes that show late. Stricter in one thing: a query without a namespace is refused.
 */
export class VectorizeStandIn implements VectorizeBinding {
  /** Milliseconds from a write until queries show it. */
  delayMs = 0;
  /** Calls that came in, failed ones too. */
  readonly calls: string[] = [];
  private readonly vectors = new Map<string, Vector>();
  private mutations: Mutation[] = [];
  private failure: Failure | null = null;

  private readonly dimensions: number;
  private readonly metadataIndexes: string[];

  constructor(dimensions: number, metadataIndexes = ["collection", "model"]) {
    this.dimensions = dimensions;
    this.metadataIndexes = metadataIndexes;
  }

  /** The next calls fail with what the binding throws for a status (`429`, `500`…), or never answer. */
  failNext(how: number | "hang", times = 1): void {
    this.failure =
      how === "hang"
        ? { hangs: true, times }
        : { error: new Error(`VECTOR_QUERY_ERROR: Status + ${how}`), times };
  }

  async query(vector: ArrayLike<number>, options: QueryOptions = {}) {
    await this.enter("query");
    refuseUnknown(options, QUERY_OPTIONS);
    const { namespace, filter = {}, topK = 5 } = options;
    if (!namespace) throw refusal("QUERY", 40_000, "a query without a namespace would search every tenant");
    this.checkDimensions("QUERY", vector);
    const rich = options.returnValues || (options.returnMetadata ?? "none") !== "none";
    const most = rich ? 20 : 100;
    if (topK < 1 || topK > most) throw refusal("QUERY", 40_025, `max top K is ${most}, got ${topK}`);
    this.checkFilter(filter);
    const matches = [...this.visible().values()]
      .filter((stored) => stored.namespace === namespace && this.passes(stored, filter))
      .map((stored) => ({ id: stored.id, score: cosine(vector, stored.values) }))
      .sort((a, b) => b.score - a.score)
      .slice(0, topK);
    return { matches, count: matches.length };
  }

  async upsert(vectors: Vector[]) {
    await this.enter("upsert");
    if (vectors.length > 1_000) throw refusal("UPSERT", 40_008, `max batch is 1000, got ${vectors.length}`);
    for (const vector of vectors) {
      refuseUnknown(vector, VECTOR_FIELDS);
      this.checkDimensions("UPSERT", vector.values);
      checkBytes("id", vector.id, 64);
      checkBytes("namespace", vector.namespace ?? "", 64);
      checkBytes("metadata", JSON.stringify(vector.metadata ?? {}), 10_240);
      for (const key of Object.keys(vector.metadata ?? {})) {
        if (!key || /[."]|^\$/.test(key)) throw refusal("UPSERT", 40_010, `invalid metadata key ${key}`);
      }
    }
    return this.record((stored) => {
      for (const vector of vectors) stored.set(vector.id, structuredClone(vector));
    });
  }

  async deleteByIds(ids: string[]) {
    await this.enter("delete");
    if (ids.length > 100) {
      throw refusal("DELETE", 40_007, `too many ids in payload; max id count is 100, got ${ids.length}`);
    }
    return this.record((stored) => {
      for (const id of ids) stored.delete(id);
    });
  }

  async getByIds(ids: string[]): Promise<Vector[]> {
    await this.enter("get");
    if (ids.length > 20) {
      throw refusal("GET", 40_007, `too many ids in payload; max id count is 20, got ${ids.length}`);
    }
    const shown = this.visible();
    return ids.flatMap((id) => structuredClone(shown.get(id)) ?? []);
  }

  /** Shows every write so far. */
  catchUp(): void {
    for (const mutation of this.mutations) mutation.visibleAt = 0;
  }

  /** Vectors that the index holds, shown or not yet. */
  get size(): number {
    const stored = new Map(this.vectors);
    for (const { apply } of this.mutations) apply(stored);
    return stored.size;
  }

  private record(apply: Mutation["apply"]) {
    this.mutations.push({ visibleAt: Date.now() + this.delayMs, apply });
    return { mutationId: crypto.randomUUID() };
  }

  private visible(): Map<string, Vector> {
    const due = this.mutations.findIndex(({ visibleAt }) => visibleAt > Date.now());
    for (const { apply } of this.mutations.splice(0, due < 0 ? this.mutations.length : due))
      apply(this.vectors);
    return this.vectors;
  }

  private async enter(call: string): Promise<void> {
    this.calls.push(call);
    const failure = this.failure;
    if (!failure || failure.times-- <= 0) return;
    if ("hangs" in failure) await new Promise(() => {});
    else throw failure.error;
  }

  private checkDimensions(operation: string, vector: ArrayLike<number>): void {
    if (vector.length === this.dimensions) return;
    throw refusal(
      operation,
      40_006,
      `invalid vector, expected ${this.dimensions} dimensions, got ${vector.length}`,
    );
  }

  private checkFilter(filter: NonNullable<QueryOptions["filter"]>): void {
    const bytes = new TextEncoder().encode(JSON.stringify(filter)).length;
    if (bytes >= 2_048) throw refusal("QUERY", 40_026, `filter is ${bytes} bytes, must be less than 2048`);
    for (const [key, condition] of Object.entries(filter)) {
      if (!this.metadataIndexes.includes(key)) throw refusal("QUERY", 40_026, `no metadata index on ${key}`);
      if (typeof condition === "object") refuseUnknown(condition ?? {}, ["$in"]);
    }
  }

  private passes(stored: Vector, filter: NonNullable<QueryOptions["filter"]>): boolean {
    return Object.entries(filter).every(([key, condition]) => {
      const value = String(stored.metadata?.[key]).slice(0, INDEXED_BYTES);
      const wanted =
        typeof condition === "object" && condition && "$in" in condition ? condition.$in : [condition];
      return wanted?.some((one) => one === value) ?? false;
    });
  }
}

function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [dot, squareA, squareB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] ?? 0, b[i] ?? 0];
    dot += x * y;
    squareA += x * x;
    squareB += y * y;
  }
  return dot / Math.sqrt(squareA * squareB);
}

function checkBytes(name: string, text: string, most: number): void {
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > most) throw refusal("UPSERT", 40_008, `${name} too long; max is ${most} bytes, got ${bytes}`);
}

function refuseUnknown(given: object, known: string[]): void {
  const unknown = Object.keys(given).find((key) => !known.includes(key));
  if (unknown) throw refusal("QUERY", 40_000, `unknown field ${unknown}`);
}

function refusal(operation: string, code: number, text: string): Error {
  return new Error(`VECTOR_${operation}_ERROR (code = ${code}): ${text}`);
}
