import { type messages, type PGlite, protocol } from "@electric-sql/pglite";

/** One statement with its parameters as Postgres text; null is SQL null. */
export type Statement = { query: string; params: (string | null)[] };

export type TransactionOptions = {
  /** The role that runs the statements; `postgres` is the superuser. */
  role: string;
  isolation: "read uncommitted" | "read committed" | "repeatable read" | "serializable" | null;
  readOnly: boolean | null;
  deferrable: boolean | null;
};

type Field = {
  name: string;
  tableID: number;
  columnID: number;
  dataTypeID: number;
  dataTypeSize: number;
  dataTypeModifier: number;
};

/** What one statement gave: values are Postgres text, exactly as sent on the wire. */
export type StatementResult = {
  fields: Field[];
  rows: (string | null)[][];
  command: string | null;
  rowCount: number | null;
};

/** The error message of the Postgres protocol, field by field. */
export type PostgresError = messages.DatabaseError;

export type Outcome = { ok: true; results: StatementResult[] } | { ok: false; error: PostgresError };

type BackendMessage = Awaited<ReturnType<PGlite["execProtocolStream"]>>[number];

export const OWNER = "postgres";

const { serialize } = protocol;

/**
 * Runs `statements` as one transaction of `role`: all of them or none. A lone statement of the owner runs
 * without a transaction block, as on Neon, so that `vacuum` or `create index concurrently` work.
 *
 * The role is the session's authorisation, not merely `set role`, so that the statements can't climb back
 * to the superuser. Whatever they set is discarded afterwards.
 */
export async function runTransaction(
  database: PGlite,
  statements: Statement[],
  options: TransactionOptions,
): Promise<Outcome> {
  const inBlock = statements.length !== 1 || options.role !== OWNER || beginClause(options) !== "begin";
  const exchange = [
    // In one string: were the role unknown, the block is aborted and nothing runs as the owner instead.
    ...(inBlock
      ? [serialize.query(`${beginClause(options)}; set local session authorization ${quote(options.role)}`)]
      : []),
    ...statements.flatMap(extendedQuery),
    serialize.sync(),
    // Postgres turns the commit of a failed transaction into a rollback.
    ...(inBlock ? [serialize.query("commit")] : []),
    // For a lone `begin`; elsewhere it is a mere warning.
    serialize.query("rollback"),
    serialize.query("discard all"),
    // After `discard all` a single-user backend forgets whom a later `set session authorization` reverts to.
    serialize.query(`set session authorization ${quote(OWNER)}`),
  ];
  const replies = await database.execProtocolStream(join(exchange), {
    throwOnError: false,
    syncToFs: false,
  });
  return readOutcome(replies, inBlock ? 2 : 0, statements.length);
}

function extendedQuery({ query, params }: Statement): Uint8Array[] {
  return [
    serialize.parse({ text: query }),
    serialize.bind({ values: params }),
    serialize.describe({ type: "P" }),
    serialize.execute(),
  ];
}

function beginClause({ isolation, readOnly, deferrable }: TransactionOptions): string {
  const modes = [
    isolation === null ? "" : `isolation level ${isolation}`,
    readOnly === null ? "" : readOnly ? "read only" : "read write",
    deferrable === null ? "" : deferrable ? "deferrable" : "not deferrable",
  ].filter((mode) => mode !== "");
  return ["begin", modes.join(", ")].join(" ").trim();
}

/** @param skip how many commands went before the first statement */
function readOutcome(replies: BackendMessage[], skip: number, count: number): Outcome {
  const error = replies.find((reply): reply is PostgresError => reply.name === "error");
  if (error) return { ok: false, error };

  const results: StatementResult[] = [];
  let result = emptyResult();
  let commands = 0;
  for (const reply of replies) {
    if (reply.name === "rowDescription") {
      result.fields = (reply as messages.RowDescriptionMessage).fields;
    } else if (reply.name === "dataRow") {
      result.rows.push((reply as messages.DataRowMessage).fields);
    } else if (reply.name === "commandComplete" || reply.name === "emptyQuery") {
      commands++;
      if (commands > skip && results.length < count) {
        const tag = reply.name === "emptyQuery" ? "" : (reply as messages.CommandCompleteMessage).text;
        results.push({ ...result, ...readTag(tag) });
      }
      result = emptyResult();
    }
  }
  return { ok: true, results };
}

function emptyResult(): StatementResult {
  return { fields: [], rows: [], command: null, rowCount: null };
}

/** `INSERT 0 5` → INSERT, 5; `CREATE TABLE` → CREATE, null: the first word, as node-postgres reads it. */
function readTag(tag: string): Pick<StatementResult, "command" | "rowCount"> {
  const count = /\d+$/.exec(tag);
  return { command: tag.split(" ")[0] || null, rowCount: count ? Number(count[0]) : null };
}

function quote(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}

function join(parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.byteLength, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.byteLength;
  }
  return whole;
}
