import {
  createExecutionContext,
  createMessageBatch,
  createScheduledController,
  getQueueResult,
  waitOnExecutionContext,
} from "cloudflare:test";
import { env } from "cloudflare:workers";
import worker from "../../index.ts";
import { ImportMessage } from "../../ingest/imports/message.ts";
import { asOwner, createTenant, type Json } from "../harness.ts";
import { type Kill, killable, withKill } from "./kill-points.ts";

export type Answer = { status: number; body: Json };

/** A tenant on a Worker whose queue a test turns by hand and whose outside can fail at any call. */
export type Deployment = {
  tenantId: string;
  /** What each call to the outside sent so far, from when the kill was armed. */
  readonly sent: string[];
  /** From here on calls are noted, and one of them is killed. */
  arm(kill: Kill | null): void;
  /** A request as a client sends it that tries again once when it isn't answered well. */
  request(method: string, path: string, body?: () => Json | FormData): Promise<Answer>;
  /** Messages of both queues waiting. */
  queue: unknown[];
  /** Hands a batch over as the queue would: what isn't acked, or was in a dead consumer's hand, waits again. */
  deliver(messages: unknown[]): Promise<void>;
  /** Lets every wait be over, and runs the sweep. */
  sweep(): Promise<void>;
  files: R2Bucket;
};

/** `queue` may be shared by several tenants; `variables` differ from the usual ones. */
export async function createDeployment(
  queue: unknown[] = [],
  variables: Record<string, string> = {},
): Promise<Deployment> {
  const { id: tenantId } = await createTenant("At least once");
  const files = (env as unknown as { FILES: R2Bucket }).FILES;
  let sent: string[] = [];
  let armed: Kill | null = null;
  const producer = killable({
    send: async (body: unknown) => void queue.push(body),
    sendBatch: async (messages: Iterable<{ body: unknown }>) => {
      for (const { body } of messages) queue.push(body);
    },
  });
  const raw = {
    ...env,
    ...variables,
    FILES: killable(files),
    INGEST_QUEUE: producer,
    IMPORT_QUEUE: producer,
  } as Record<string, unknown>;

  async function once(method: string, path: string, body?: Json | FormData): Promise<Answer> {
    const form = body instanceof FormData;
    const init = {
      method,
      headers: { "X-Tenant-Id": tenantId, ...(body && !form ? { "Content-Type": "application/json" } : {}) },
      ...(body ? { body: form ? body : JSON.stringify(body) } : {}),
    };
    const request = new Request(`http://ancre.test/api/v1${path}`, init);
    const execution = createExecutionContext();
    const response = await worker.fetch(request as never, raw, execution);
    await waitOnExecutionContext(execution);
    const text = await response.text();
    return { status: response.status, body: text ? (JSON.parse(text) as Json) : {} };
  }

  async function deliverTo(name: string, messages: unknown[]): Promise<void> {
    if (messages.length === 0) return;
    const batch = createMessageBatch(
      name,
      messages.map((body, index) => ({ id: String(index), timestamp: new Date(), attempts: 1, body })),
    );
    await withKill(sent, armed, () => worker.queue(batch as never, raw));
    const { retryMessages } = await getQueueResult(batch, createExecutionContext());
    for (const { msgId } of retryMessages) queue.push(messages[Number(msgId)]);
  }

  return {
    tenantId,
    queue,
    files,
    get sent() {
      return sent;
    },
    arm(kill) {
      sent = [];
      armed = kill;
    },
    async request(method, path, body) {
      const first = await withKill(sent, armed, () => once(method, path, body?.()));
      return first.status < 500 ? first : withKill(sent, armed, () => once(method, path, body?.()));
    },
    async deliver(messages) {
      const isImport = (message: unknown) => ImportMessage.safeParse(message).success;
      await deliverTo(
        "ancre-ingest",
        messages.filter((message) => !isImport(message)),
      );
      await deliverTo("ancre-import", messages.filter(isImport));
    },
    async sweep() {
      const sql = asOwner();
      const over = sql`now() - interval '1 second'`;
      await sql.transaction([
        sql`update ingest_jobs set due_at = now(), ready_at = least(ready_at, now()),
            claimed_until = case when claimed_until is not null then ${over} end where tenant_id = ${tenantId}`,
        sql`update import_jobs set due_at = now(),
            claimed_until = case when claimed_until is not null then ${over} end where tenant_id = ${tenantId}`,
        sql`update import_entries set updated_at = updated_at - interval '1 minute' where tenant_id = ${tenantId}`,
        sql`update deletion_receipts set writes_until = least(writes_until, now()),
            due_at = case when due_at is not null then now() end,
            claimed_until = case when claimed_until is not null then ${over} end
            where tenant_id = ${tenantId} and completed_at is null`,
      ]);
      // One that fails is followed by the next minute's.
      await withKill(sent, armed, () => worker.scheduled(createScheduledController(), raw)).catch(() => {});
    },
  };
}
