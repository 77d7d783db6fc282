import { env } from "cloudflare:workers";
import { expect } from "vitest";
import type { SeenCall } from "../../dev/testing/fault-proxy.ts";
import { messageOfTurn } from "../services/chat/turns/turn-id.ts";
import { asOwner, createLibrary, type Json, type TestTenant } from "./harness.ts";

const MANUAL = `# Manual

The deposit is two months of rent. The rent is due on the fifth day of each month. A late payment of the rent bears
interest of four percent a year. The rent of a garage is sixty euros a month, and its deposit is one month of rent.
`;

export const QUESTION = "What does a late payment of the rent bear?";

export type Asked = { assistantId: string; model: string; path: string };

/** An assistant over one page, whose model goes wrong in a way of the upstream stand-in's, under a name of its own. */
export async function createReader(tenant: TestTenant, fault: string): Promise<Asked> {
  const model = `${fault}:${crypto.randomUUID()}`;
  const { assistantId } = await createLibrary(tenant, { "manual.md": MANUAL }, { model });
  return { assistantId, model, path: `/chat/${assistantId}/stream` };
}

/** One event as it came over the wire. */
export type Block = { id: string; event: string; data: Json; raw: string };

export type Reading = {
  status: number;
  /** The next events: so many, or all that come. */
  next(count?: number): Promise<Block[]>;
  leave(): Promise<void>;
};

/** Sends a question and reads its answer's events one by one. */
export async function read(
  tenant: TestTenant,
  path: string,
  body: Json,
  lastEventId?: string,
): Promise<Reading> {
  const response = await tenant.request(
    "POST",
    path,
    { message: QUESTION, ...body },
    lastEventId === undefined ? {} : { "Last-Event-ID": lastEventId },
  );
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = "";
  return {
    status: response.status,
    async next(count = Number.POSITIVE_INFINITY) {
      const blocks: Block[] = [];
      while (reader && blocks.length < count) {
        const end = buffer.indexOf("\n\n");
        if (end !== -1) {
          const raw = buffer.slice(0, end);
          buffer = buffer.slice(end + 2);
          if (!raw.startsWith(":")) blocks.push(parse(raw));
          continue;
        }
        const { done, value } = await reader.read();
        if (done) break;
        buffer += value;
      }
      return blocks;
    },
    leave: async () => reader?.cancel(),
  };
}

function parse(raw: string): Block {
  const [, id = "", event = "", data = "{}"] = /^id: (.+)\nevent: (.+)\ndata: (.+)$/.exec(raw) ?? [];
  return { id, event, data: JSON.parse(data) as Json, raw };
}

export const rawOf = (blocks: Block[]) => blocks.map(({ raw }) => raw);

/** What an answer's events say, however the text is cut. */
export function saidBy(blocks: Block[]) {
  const of = (name: string) => blocks.filter(({ event }) => event === name).map(({ data }) => data);
  return {
    order: blocks.map(({ event }) => event).filter((name, index, all) => name !== all[index - 1]),
    start: of("start"),
    sources: of("sources"),
    text: of("delta")
      .map(({ text }) => text)
      .join(""),
    citations: of("citation"),
    end: [...of("done"), ...of("error")],
  };
}

/** The calls of a model that the upstream stand-in saw. */
export async function seenCalls(model: string): Promise<SeenCall[]> {
  const response = await fetch(`${env.OPENAI_BASE_URL}/seen/${encodeURIComponent(model)}`);
  return (await response.json()) as SeenCall[];
}

/** Milliseconds from a moment until the upstream's one answer had ended. */
export async function upstreamEndedAfter(
  model: string,
  moment: number,
  patienceMs = 60_000,
): Promise<number> {
  for (const start = Date.now(); Date.now() - start < patienceMs; ) {
    const [call] = await seenCalls(model);
    if (call?.endedAt) return call.endedAt - moment;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`the upstream still answers after ${patienceMs} ms`);
}

/** What is stored of a tenant's answers, and what they count. */
export async function books(tenant: TestTenant) {
  const sql = asOwner();
  const [answers, reservations, counters, days] = await Promise.all([
    sql`select id, status, answer, finish_reason from messages where tenant_id = ${tenant.id}`,
    sql`select id, state from usage_reservations where tenant_id = ${tenant.id} and metric = 'questions'`,
    sql`select used::int from usage_counters where tenant_id = ${tenant.id} and metric = 'questions'`,
    sql`select sum(amount)::int as questions from usage_daily where tenant_id = ${tenant.id} and metric = 'questions'`,
  ]);
  return {
    answers: answers as Array<{ id: string; status: string; answer: string; finish_reason: string | null }>,
    reservations: reservations.map(({ state }) => state),
    used: counters[0]?.used ?? 0,
    recorded: days[0]?.questions ?? 0,
  };
}

/** Waits until an answer is stored, and says what is. */
export async function untilKept(tenant: TestTenant): ReturnType<typeof books> {
  for (let look = 0; look < 1_200; look++) {
    const found = await books(tenant);
    if (found.answers.length > 0) return found;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error("no answer was kept");
}

/** The object that runs the dev user's answer to a turn. */
export async function objectOf(tenant: TestTenant, turnId: string, actorId = "dev_user") {
  const actor = { kind: "user", userId: actorId, role: "owner" } as const;
  const messageId = await messageOfTurn({ tenantId: tenant.id, actor }, turnId);
  return env.ANSWERS.getByName(JSON.stringify([tenant.id, actorId, messageId]));
}

export function expectCountedOnce(found: Awaited<ReturnType<typeof books>>, status: string): void {
  expect(found).toMatchObject({
    answers: [{ status }],
    reservations: ["settled"],
    used: 1,
    recorded: 1,
  });
}
