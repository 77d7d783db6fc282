import { OWNER, type Statement, type TransactionOptions } from "./transaction.ts";

/** A request of Neon's HTTP protocol, checked. */
export type SqlRequest = {
  statements: Statement[];
  isBatch: boolean;
  arrayMode: boolean;
  rawText: boolean;
  options: TransactionOptions;
};

/** The request is malformed; `code` is the SQLSTATE that the answer carries. */
export class BadRequest extends Error {
  override readonly name = "BadRequest";
  readonly code: string;
  constructor(message: string, code = "08P01") {
    super(message);
    this.code = code;
  }
}

type Headers = Record<string, string | string[] | undefined>;

// As the driver spells them (its `IsolationLevel` type).
const ISOLATION = {
  ReadUncommitted: "read uncommitted",
  ReadCommitted: "read committed",
  RepeatableRead: "repeatable read",
  Serializable: "serializable",
} as const;

// Either would end the transaction that holds the role, so that what follows ran as the superuser.
// A COPY over standard input would wait for data that HTTP can't bring.
const FORBIDDEN =
  /^\s*(begin|start\s+transaction|commit|end|abort|rollback(?!\s+(work\s+|transaction\s+)?to\b)|prepare\s+transaction|(re)?set\s+(session\s+|local\s+)?session\s*_?authorization|copy)\b/i;

/**
 * Reads the body and the `Neon-*` headers of `POST /sql`.
 *
 * @throws BadRequest when either isn't what the driver would send
 */
export function readSqlRequest(headers: Headers, body: string): SqlRequest {
  const json = parseObject(body);
  const isBatch = Array.isArray(json.queries);
  const statements = (Array.isArray(json.queries) ? json.queries : [json]).map(readStatement);
  return {
    statements,
    isBatch,
    arrayMode: headers["neon-array-mode"] === "true",
    rawText: headers["neon-raw-text-output"] === "true",
    options: {
      role: readRole(headers["neon-connection-string"]),
      isolation: isBatch ? readIsolation(headers["neon-batch-isolation-level"]) : null,
      readOnly: isBatch ? readFlag(headers["neon-batch-read-only"]) : null,
      deferrable: isBatch ? readFlag(headers["neon-batch-deferrable"]) : null,
    },
  };
}

function parseObject(body: string): Record<string, unknown> {
  try {
    const json: unknown = JSON.parse(body);
    if (typeof json === "object" && json !== null) return json as Record<string, unknown>;
  } catch {
    // Falls through to the one message for both.
  }
  throw new BadRequest("The body is not a JSON object with `query` or `queries`.");
}

function readStatement(value: unknown): Statement {
  const { query, params = [] } = (value ?? {}) as { query?: unknown; params?: unknown };
  if (typeof query !== "string" || !Array.isArray(params)) {
    throw new BadRequest("Each query is `{ query: string, params?: array }`.");
  }
  if (query.includes("\0")) throw new BadRequest("A query can't contain a NUL character.", "22021");
  if (params.length > 65535) throw new BadRequest("A query takes at most 65535 parameters.", "54023");
  if (FORBIDDEN.test(query)) {
    throw new BadRequest(
      `"${query.trim().slice(0, 40)}" can't run over HTTP: send the statements of a transaction as one batch.`,
      "0A000",
    );
  }
  return { query, params: params.map(toText) };
}

/** The driver sends text or null; JSON values from other clients are turned into text the way Neon does. */
function toText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return `{${value.map(toElement).join(",")}}`;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function toElement(value: unknown): string {
  const text = toText(value);
  if (text === null) return "NULL";
  return Array.isArray(value) ? text : `"${text.replace(/[\\"]/g, "\\$&")}"`;
}

function readRole(connectionString: string | string[] | undefined): string {
  const url = typeof connectionString === "string" ? URL.parse(connectionString) : null;
  if (!url) throw new BadRequest("The header Neon-Connection-String is missing or not a URL.");
  return decodeURIComponent(url.username) || OWNER;
}

function readIsolation(value: string | string[] | undefined): TransactionOptions["isolation"] {
  if (value === undefined) return null;
  const level = ISOLATION[value as keyof typeof ISOLATION];
  if (!level) throw new BadRequest(`"${value}" is not an isolation level.`);
  return level;
}

function readFlag(value: string | string[] | undefined): boolean | null {
  return value === undefined ? null : value === "true";
}
