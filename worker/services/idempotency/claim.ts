import { eq, sql } from "drizzle-orm";
import type { ScopedDatabase } from "../../db/client.ts";
import { idempotencyKeys } from "../../db/schema/idempotency-keys.ts";
import { AppError } from "../../errors.ts";
import { sha256Hex } from "../sha256.ts";
import { forgetOutdated } from "./forget-answers.ts";
import { type KeptResponse, type SealSecrets, seal, unseal } from "./sealed-response.ts";

/** Seconds after which a request that never finished may be made again under its key: its Worker died. */
const LOCK_SECONDS = 300;
/** How long an answer is kept; the least that Stripe promises. */
const KEPT = sql`interval '24 hours'`;

/** A request that carries an Idempotency-Key. */
export type KeyedRequest = {
  /** Null for what a person asks before there is a tenant. */
  tenantId: string | null;
  principalId: string;
  /** What the sender may do: an answer isn't repeated to somebody who lost the right to ask. */
  rights: string;
  key: string;
  /** Method and path: the same key may be used for another route. */
  route: string;
  /** A secret of the deployment that no copy of the database holds. */
  pepper: string;
  /** Of all that the request says. */
  requestSha256: string;
};

export type Claim =
  | { kind: "first"; finish(response: KeptResponse): Promise<void>; abandon(): Promise<void> }
  | { kind: "repeated"; response: KeptResponse };

/**
 * Takes a key for a request, or finds what the first one with it was answered. Throws `idempotency_mismatch` when that
 * said something else, `conflict` while it still runs. The contract is Stripe's (docs.stripe.com/api/idempotent_requests).
 */
export async function claimKey(db: ScopedDatabase, request: KeyedRequest): Promise<Claim> {
  const { tenantId, principalId, rights, route, key, pepper, requestSha256 } = request;
  const id = await sha256Hex(JSON.stringify([tenantId, principalId, rights, route, key]));
  const lockedUntil = sql`now() + make_interval(secs => ${LOCK_SECONDS})`;
  const claimed = {
    request_sha256: requestSha256,
    status: null,
    response: null,
    locked_until: lockedUntil,
    created_at: sql`now()`,
  };
  const [, [mine], [known]] = await db.transaction((q) => [
    q.delete(idempotencyKeys).where(sql`created_at < now() - ${KEPT}`),
    q
      .insert(idempotencyKeys)
      .values({ id, tenant_id: tenantId, principal_id: principalId, route, ...claimed })
      .onConflictDoUpdate({
        target: idempotencyKeys.id,
        set: claimed,
        setWhere: sql`${idempotencyKeys.status} is null and ${idempotencyKeys.locked_until} < now()`,
      })
      .returning({ id: idempotencyKeys.id }),
    q.select().from(idempotencyKeys).where(eq(idempotencyKeys.id, id)),
  ]);
  if (mine) return { kind: "first", ...closing(db, id, { key, pepper }) };
  if (known?.request_sha256 !== requestSha256) {
    throw new AppError(
      "idempotency_mismatch",
      "This Idempotency-Key was first used with other content. Use a new one.",
    );
  }
  if (known.response === null) {
    throw new AppError(
      "conflict",
      "The first request with this Idempotency-Key still runs. Try again shortly.",
      {
        retryAfterSeconds: 1,
      },
    );
  }
  return { kind: "repeated", response: await readKept(known.response, { key, pepper }) };
}

async function readKept(sealed: string, secrets: SealSecrets): Promise<KeptResponse> {
  return unseal(sealed, secrets).catch(() => {
    throw new AppError(
      "conflict",
      "What was answered under this Idempotency-Key can't be read any more. Use a new one.",
    );
  });
}

function closing(db: ScopedDatabase, id: string, secrets: SealSecrets) {
  return {
    async finish(response: KeptResponse) {
      const sealed = await seal(response, secrets);
      await db.transaction((q) => [
        q
          .update(idempotencyKeys)
          .set({ status: response.status, response: sealed })
          .where(eq(idempotencyKeys.id, id)),
        forgetOutdated(q, id),
      ]);
    },
    async abandon() {
      await db.transaction((q) => [q.delete(idempotencyKeys).where(eq(idempotencyKeys.id, id))]);
    },
  };
}
