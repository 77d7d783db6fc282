import { cpuTimeOf } from "./cpu-time.ts";
import { ask, SUBJECTS } from "./library.ts";
import { listen } from "./listen.ts";
import type { Asked, Block } from "./measures.ts";
import type { System, Turn } from "./systems/system.ts";
import type { UpstreamCall } from "./upstream-calls.ts";

export type BlockPlan = { round: number; listeners: number; conversations: number };

export type Probes = {
  /** The mock model's calls since it was last asked */
  takeCalls(): Promise<UpstreamCall[]>;
  /** Requests to Ancre's database so far */
  databaseTrips(): Promise<number>;
};

let conversations = 0;

/** Has so many listeners ask at once, two questions a conversation, and each as many conversations as planned. */
export async function runBlock(system: System, plan: BlockPlan, probes: Probes): Promise<Block> {
  const stored = system.name === "Ancre";
  await probes.takeCalls();
  const before = { cpu: cpuTimeOf(system.pid), trips: stored ? await probes.databaseTrips() : 0 };
  const talks = Array.from({ length: plan.listeners }, async (_, listener) => {
    const asked: Omit<Asked, "calls">[] = [];
    for (let left = plan.conversations; left > 0; left--) asked.push(...(await converse(system, listener)));
    return asked;
  });
  const asked = (await Promise.all(talks)).flat();
  const cpuMs = cpuTimeOf(system.pid) - before.cpu;
  const databaseTrips = stored ? (await probes.databaseTrips()) - before.trips : null;
  const calls = Map.groupBy(await probes.takeCalls(), ({ number }) => number);
  return {
    system: system.name,
    listeners: plan.listeners,
    round: plan.round,
    asked: asked.map((one) => ({ ...one, calls: calls.get(one.number) ?? [] })),
    cpuMs,
    databaseTrips,
  };
}

/** A first question and a second one, of the same conversation where the server has such. */
async function converse(system: System, listener: number): Promise<Omit<Asked, "calls">[]> {
  const conversation = conversations++;
  const asked: Omit<Asked, "calls">[] = [];
  let before: Turn | null = null;
  for (const at of [0, 1]) {
    // No two questions of a run have the same number, both of a conversation have the same subject.
    const number = (2 * conversation + at) * SUBJECTS + (conversation % SUBJECTS);
    const turn = before ? "follow-up" : "first";
    const question = ask(number, turn);
    const listened = await listen(system.request(question, listener, before), system.hear);
    const whole = listened.done && listened.text.trim() === system.expects(number);
    asked.push({ turn, number, listened, whole });
    if (!system.followsUp || listened.error) continue;
    before = {
      question: question.text,
      answer: listened.text,
      conversationId: listened.conversationId,
    };
  }
  return asked;
}
