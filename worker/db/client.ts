import { NeonDbError, type NeonQueryFunction, neon, neonConfig } from "@neondatabase/serverless";
import { DrizzleQueryError, type SQL, sql } from "drizzle-orm";
import type { BatchItem, BatchResponse } from "drizzle-orm/batch";
import { drizzle, type NeonHttpDatabase } from "drizzle-orm/neon-http";

export type Database = NeonHttpDatabase & { $client: NeonQueryFunction<false, false> };

type Statements = [BatchItem<"pg">, ...BatchItem<"pg">[]];

/** Runs statements as one transaction, in one round trip, that sees one tenant (or one person) alone. */
export interface ScopedDatabase {
  /**
   * `build` gets a query builder and returns the statements; the answer holds one result each, in order.
   * A statement can't use another's result but in SQL. All are undone when one fails.
   */
  transaction<const T extends Statements>(build: (db: Database) => T): Promise<BatchResponse<T>>;
  /** One statement written in SQL: its rows, whose types the caller vouches for. */
  rows<Row extends Record<string, unknown>>(query: SQL): Promise<Row[]>;
}

type Settings = Partial<
  Record<"app.tenant_id" | "app.user_id" | "app.key_prefix" | "app.webhook" | "app.sweep", string>
>;

/** Opens the database over HTTP. `fetchEndpoint` points the driver at a local Neon-compatible endpoint. */
export function openDatabase(url: string, fetchEndpoint?: string): Database {
  // The driver takes these options globally only; no other file may touch them.
  if (fetchEndpoint) neonConfig.fetchEndpoint = fetchEndpoint;
  neonConfig.fetchFunction = fetchInTime;
  return drizzle({ client: neon(url) });
}

/** Milliseconds a transaction may take; a suspended Neon compute needs about one to wake. */
const TIMEOUT_MS = 20_000;

/** Its timer ends with the answer: `AbortSignal.timeout` would keep a Durable Object awake, and paid for, till the last. */
async function fetchInTime(url: string, init: RequestInit): Promise<Response> {
  const abort = new AbortController();
  const timer = setTimeout(
    () => abort.abort(new DOMException("Postgres didn't answer in time", "TimeoutError")),
    TIMEOUT_MS,
  );
  try {
    const response = await fetch(url, { ...init, signal: abort.signal });
    return new Response(await response.arrayBuffer(), response);
  } finally {
    clearTimeout(timer);
  }
}

function scope(database: Database, settings: Settings): ScopedDatabase {
  const calls = Object.entries(settings).map(([name, value]) => sql`set_config(${name}, ${value}, true)`);
  const enter = () => database.execute(sql`select ${sql.join(calls, sql`, `)}`);
  return {
    async transaction<const T extends Statements>(build: (db: Database) => T) {
      const [, ...results] = await database.batch([enter(), ...build(database)]);
      return results as BatchResponse<T>;
    },
    async rows<Row extends Record<string, unknown>>(query: SQL) {
      const [, result] = await database.batch([enter(), database.execute<Row>(query)]);
      return result.rows;
    },
  };
}

/** The rows of one tenant. */
export function tenantDatabase(database: Database, tenantId: string): ScopedDatabase {
  return scope(database, { "app.tenant_id": tenantId });
}

/** What a person may see before a tenant is chosen: their memberships and those tenants' names. */
export function personDatabase(database: Database, userId: string): ScopedDatabase {
  return scope(database, { "app.user_id": userId });
}

/** The one API key whose public part was presented, whichever tenant it belongs to. */
export function keyDatabase(database: Database, prefix: string): ScopedDatabase {
  return scope(database, { "app.key_prefix": prefix });
}

/** What a verified webhook may write: the list of events, people's names and, if it concerns one, a tenant's rows. */
export function webhookDatabase(database: Database, tenantId: string | null): ScopedDatabase {
  return scope(database, { "app.webhook": "on", ...(tenantId ? { "app.tenant_id": tenantId } : {}) });
}

/** What the scheduled sweep may see: which work is unfinished, across tenants. */
export function sweepDatabase(database: Database): ScopedDatabase {
  return scope(database, { "app.sweep": "on" });
}

/** The database didn't answer, or didn't in time: what was asked of it may have been done or not. */
export class DatabaseAway extends Error {
  override readonly name = "DatabaseAway";
}

/** The same database for somebody who waits: each call throws `DatabaseAway` when it takes more than `ms`. */
export function inTime(db: ScopedDatabase, ms: number): ScopedDatabase {
  const bounded = async <T>(work: Promise<T>): Promise<T> => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new DatabaseAway(`No answer within ${ms} ms`)), ms);
    });
    try {
      return await Promise.race([work, late]);
    } finally {
      clearTimeout(timer);
    }
  };
  return {
    transaction: (build) => bounded(db.transaction(build)),
    rows: (query) => bounded(db.rows(query)),
  };
}

/** Whether an error is the database's or its driver's, whose words may hold what was asked. */
export function isDatabaseError(error: unknown): boolean {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof DrizzleQueryError || cause instanceof NeonDbError) return true;
  }
  return false;
}

/** Whether an error means that the database couldn't be reached, whatever it is wrapped in; not that it refused. */
export function isDatabaseAway(error: unknown): boolean {
  if (postgresCode(error)) return false;
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof DatabaseAway || cause instanceof NeonDbError) return true;
  }
  return false;
}

/** The Postgres error code of a failed statement (`23505`, `ANC01`…), whatever it is wrapped in. */
export function postgresCode(
  error: unknown,
): { code: string; detail: string; constraint: string | null } | null {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    const { code, detail, constraint } = cause as Partial<Record<"code" | "detail" | "constraint", unknown>>;
    if (typeof code === "string") {
      return {
        code,
        detail: String(detail ?? ""),
        constraint: typeof constraint === "string" ? constraint : null,
      };
    }
  }
  return null;
}
