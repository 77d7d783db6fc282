import type { VectorizeAccount } from "../../dev/testing/real-stores.ts";
import type { VectorizeBinding } from "../adapters/vector/vectorize.ts";

type Vector = Parameters<VectorizeBinding["upsert"]>[0][number];
type Matches = Awaited<ReturnType<VectorizeBinding["query"]>>;
type Mutation = Awaited<ReturnType<VectorizeBinding["upsert"]>>;

/** The binding's methods over Cloudflare's REST API (v2), for reaching a real index from outside a Worker. */
export class VectorizeRest implements VectorizeBinding {
  private readonly account: VectorizeAccount;

  constructor(account: VectorizeAccount) {
    this.account = account;
  }

  /** Dimensions and metadata indexes of the index. */
  async describe(): Promise<{ dimensions: number; metadataIndexes: string[] }> {
    const [info, list] = await Promise.all([
      this.send<{ dimensions: number }>("GET", "info"),
      this.send<{ metadataIndexes: { propertyName: string }[] }>("GET", "metadata_index/list"),
    ]);
    return {
      dimensions: info.dimensions,
      metadataIndexes: list.metadataIndexes.map(({ propertyName }) => propertyName),
    };
  }

  query(vector: Parameters<VectorizeBinding["query"]>[0], options: object = {}): Promise<Matches> {
    return this.send("POST", "query", JSON.stringify({ ...options, vector: Array.from(vector) }));
  }

  upsert(vectors: Vector[]): Promise<Mutation> {
    const lines = vectors.map((vector) => JSON.stringify(vector)).join("\n");
    return this.send("POST", "upsert", lines, "application/x-ndjson");
  }

  deleteByIds(ids: string[]): Promise<Mutation> {
    return this.send("POST", "delete_by_ids", JSON.stringify({ ids }));
  }

  getByIds(ids: string[]): Promise<Vector[]> {
    return this.send("POST", "get_by_ids", JSON.stringify({ ids }));
  }

  private async send<T>(method: string, path: string, body?: string, type = "application/json"): Promise<T> {
    const { accountId, apiToken, index } = this.account;
    const response = await fetch(
      `https://api.cloudflare.com/client/v4/accounts/${accountId}/vectorize/v2/indexes/${index}/${path}`,
      {
        method,
        headers: { Authorization: `Bearer ${apiToken}`, "Content-Type": type },
        ...(body === undefined ? {} : { body }),
      },
    );
    const text = await response.text();
    // Worded as the binding words it, so that the adapter tells one failure from another as it does there.
    if (!response.ok)
      throw new Error(`VECTOR_${path}_ERROR: Status + ${response.status} ${text.slice(0, 300)}`);
    return (JSON.parse(text) as { result: T }).result;
  }
}
