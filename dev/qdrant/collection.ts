import type { z } from "zod";
import type {
  Condition,
  CreateCollection,
  CreateIndex,
  QueryPoints,
  ScrollPoints,
  UpsertPoints,
} from "./bodies.ts";
import { badInput, QdrantError } from "./qdrant-error.ts";

type Point = z.infer<typeof UpsertPoints>["points"][number];
type Points = Map<string | number, Point>;
type Filter = { must: Condition[] };

/** One collection: its points, and writes that don't show yet. */
export class Collection {
  /** Milliseconds until a write that nobody waits for shows. */
  visibilityDelayMs = 0;
  private readonly config: z.infer<typeof CreateCollection>;
  private readonly indexes = new Map<string, z.infer<typeof CreateIndex>["field_schema"]>();
  private readonly points: Points = new Map();
  private pending: { visibleAt: number; apply(): void }[] = [];
  private operations = 0;

  constructor(config: z.infer<typeof CreateCollection>) {
    this.config = config;
  }

  /** What `GET /collections/{name}` gives, less what nothing here reads. */
  info() {
    this.settle(Date.now());
    const schema = [...this.indexes].map(([name, params]) => {
      return [name, { data_type: params.type, params, points: this.points.size }];
    });
    return {
      status: "green",
      optimizer_status: "ok",
      points_count: this.points.size,
      segments_count: 1,
      config: { params: { vectors: this.config.vectors }, hnsw_config: this.config.hnsw_config ?? {} },
      payload_schema: Object.fromEntries(schema),
    };
  }

  createIndex(name: string, schema: z.infer<typeof CreateIndex>["field_schema"]) {
    this.indexes.set(name, schema);
    return this.result(true);
  }

  upsert({ points, update_filter }: z.infer<typeof UpsertPoints>, wait: boolean) {
    for (const { vector } of points) this.checkDimensions(vector);
    return this.write(wait, () => {
      for (const point of points) {
        const known = this.points.get(point.id);
        if (known && update_filter && !passes(known, update_filter)) continue;
        this.points.set(point.id, point);
      }
    });
  }

  delete(filter: Filter, wait: boolean) {
    this.checkIndexed(filter);
    return this.write(wait, () => {
      for (const point of [...this.points.values()]) if (passes(point, filter)) this.points.delete(point.id);
    });
  }

  query({ query, limit, filter = { must: [] } }: z.infer<typeof QueryPoints>) {
    this.checkDimensions(query);
    this.checkIndexed(filter);
    this.settle(Date.now());
    const points = [...this.points.values()]
      .filter((point) => passes(point, filter))
      .map(({ id, vector }) => ({ id, version: this.operations, score: cosine(query, vector) }))
      .sort((a, b) => b.score - a.score)
      .slice(0, limit);
    return { points };
  }

  scroll({ filter, limit }: z.infer<typeof ScrollPoints>) {
    this.checkIndexed(filter);
    this.settle(Date.now());
    const found = [...this.points.values()].filter((point) => passes(point, filter));
    const points = found.slice(0, limit).map(({ id }) => ({ id }));
    return { points, next_page_offset: found[limit]?.id ?? null };
  }

  /** Writes show in their order, so one that is waited for brings those before it along. */
  private write(wait: boolean, apply: () => void) {
    this.pending.push({ visibleAt: wait ? 0 : Date.now() + this.visibilityDelayMs, apply });
    if (wait) this.settle(Number.POSITIVE_INFINITY);
    return this.result(wait);
  }

  private settle(now: number): void {
    const later = this.pending.findIndex(({ visibleAt }) => visibleAt > now);
    for (const { apply } of this.pending.splice(0, later < 0 ? this.pending.length : later)) apply();
  }

  private result(wait: boolean) {
    return { operation_id: this.operations++, status: wait ? "completed" : "acknowledged" };
  }

  private checkDimensions(vector: number[]): void {
    const { size } = this.config.vectors;
    if (vector.length === size) return;
    throw badInput(`Vector dimension error: expected dim: ${size}, got ${vector.length}`);
  }

  /** Qdrant's strict mode, which Qdrant Cloud turns on. */
  private checkIndexed({ must }: Filter): void {
    for (const condition of must) {
      if (!("key" in condition) || this.indexes.has(condition.key)) continue;
      throw new QdrantError(
        400,
        `Bad request: Index required but not found for "${condition.key}" of one of the following types: [keyword]`,
      );
    }
  }
}

function passes(point: Point, { must }: Filter): boolean {
  return must.every((condition) => {
    if ("has_id" in condition) return condition.has_id.includes(point.id);
    const value = point.payload?.[condition.key];
    if (value === undefined) return false;
    return "value" in condition.match ? condition.match.value === value : condition.match.any.includes(value);
  });
}

function cosine(a: number[], b: number[]): number {
  const dot = (x: number[], y: number[]) => x.reduce((sum, value, index) => sum + value * (y[index] ?? 0), 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}
