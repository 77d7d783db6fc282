import type { Client, Connection, Submittable } from "pg";
import {
  type Outcome,
  OWNER,
  type PostgresError,
  type Statement,
  type StatementResult,
  type TransactionOptions,
} from "../../dev/postgres/transaction.ts";

type Field = StatementResult["fields"][number];

/** node-postgres' connection as it is; its types ask for an argument that is there no more. */
type Wire = Pick<Connection, "sync" | "stream"> & {
  parse(message: { text: string }): void;
  bind(message: { values: (string | null)[] }): void;
  describe(message: { type: "P" }): void;
  execute(message: object): void;
};

/**
 * Runs statements on a real server as Neon's endpoint does: as one transaction of the role, sent in one piece. A lone
 * statement of the owner runs without a transaction block. An error leaves the connection usable.
 */
export async function runBatch(
  client: Client,
  statements: Statement[],
  options: TransactionOptions,
): Promise<Outcome> {
  const asOwner = options.role === OWNER;
  const begin = beginClause(options);
  const inBlock = statements.length !== 1 || !asOwner || begin !== "begin";
  const enter = asOwner ? [] : [`set local session authorization "${options.role.replaceAll('"', '""')}"`];
  const before = inBlock ? [begin, ...enter] : [];
  const after = inBlock ? ["commit"] : [];
  const batch = new Batch([...before.map(bare), ...statements, ...after.map(bare)]);
  client.query(batch);
  const outcome = await batch.outcome;
  if (outcome.ok) {
    return { ok: true, results: outcome.results.slice(before.length, before.length + statements.length) };
  }
  if (inBlock) await client.query("rollback");
  return outcome;
}

function bare(query: string): Statement {
  return { query, params: [] };
}

function beginClause({ isolation, readOnly, deferrable }: TransactionOptions): string {
  const modes = [
    isolation && `isolation level ${isolation}`,
    readOnly === null ? null : readOnly ? "read only" : "read write",
    deferrable === null ? null : deferrable ? "deferrable" : "not deferrable",
  ].filter((mode) => mode !== null);
  return `begin ${modes.join(", ")}`.trim();
}

/** Many statements before one Sync, in the form in which node-postgres takes queries of one's own. */
class Batch implements Submittable {
  readonly outcome: Promise<Outcome>;
  readonly #statements: Statement[];
  readonly #results: StatementResult[] = [];
  #settle: (outcome: Outcome) => void = () => {};
  #error: PostgresError | null = null;
  #fields: Field[] = [];
  #rows: (string | null)[][] = [];

  constructor(statements: Statement[]) {
    this.#statements = statements;
    this.outcome = new Promise((resolve) => {
      this.#settle = resolve;
    });
  }

  submit(connection: Connection): void {
    const wire = connection as unknown as Wire;
    wire.stream.cork();
    for (const { query, params } of this.#statements) {
      wire.parse({ text: query });
      wire.bind({ values: params });
      wire.describe({ type: "P" });
      wire.execute({});
    }
    wire.sync();
    wire.stream.uncork();
  }

  handleRowDescription(message: { fields: Field[] }): void {
    this.#fields = message.fields;
  }

  handleDataRow(message: { fields: (string | null)[] }): void {
    this.#rows.push(message.fields);
  }

  handleCommandComplete({ text }: { text: string }): void {
    const count = /\d+$/.exec(text);
    this.#results.push({
      fields: this.#fields,
      rows: this.#rows,
      command: text.split(" ")[0] || null,
      rowCount: count ? Number(count[0]) : null,
    });
    [this.#fields, this.#rows] = [[], []];
  }

  handleEmptyQuery(): void {
    this.handleCommandComplete({ text: "" });
  }

  handleError(error: PostgresError): void {
    this.#error ??= error;
  }

  handleReadyForQuery(): void {
    this.#settle(this.#error ? { ok: false, error: this.#error } : { ok: true, results: this.#results });
  }
}
