import { expect, test } from "vitest";
import { createDeployment, type Deployment } from "./deployment.ts";
import { seededRandom } from "./seeded-random.ts";
import { readState } from "./state.ts";
import { collectionOf, untilFinal, upload } from "./steps.ts";
import { killCalls } from "./test-scenarios.ts";

killCalls();

const FILES = ["a.md", "b.md", "c.md"];

async function uploadAll(at: Deployment): Promise<string[]> {
  const collectionId = await collectionOf(at);
  const ids: string[] = [];
  for (const name of FILES) {
    const text = Array.from(
      { length: 3 },
      (_, i) => `# ${name} ${i}\n\n${`Part ${i} of ${name}. `.repeat(30)}`,
    );
    ids.push(String((await upload(at, collectionId, name, text.join("\n\n"))).id));
  }
  return ids;
}

/** Hands messages over as a bad queue might: in any order and number, twice, late, and two batches at once. */
async function deliverAtRandom(at: Deployment, random: () => number): Promise<void> {
  const below = (limit: number) => Math.floor(random() * limit);
  const batch = () => {
    const taken: unknown[] = [];
    for (let n = 1 + below(3); n > 0 && at.queue.length > 0; n--) {
      const [message] = at.queue.splice(below(at.queue.length), 1);
      taken.push(message);
      if (random() < 0.3) at.queue.push(message);
    }
    return taken;
  };
  for (let step = 0; step < 25 && at.queue.length > 0; step++) {
    await Promise.all(random() < 0.4 ? [at.deliver(batch()), at.deliver(batch())] : [at.deliver(batch())]);
    if (random() < 0.1) await at.sweep();
    if (random() < 0.1) at.queue.splice(below(at.queue.length), 1);
  }
}

test("three uploads and a deletion end as in order, however the queue repeats, mixes, splits, delays and loses messages", async () => {
  const inOrder = await createDeployment();
  const [, doomed] = await uploadAll(inOrder);
  await inOrder.request("DELETE", `/documents/${doomed}`);
  await untilFinal(inOrder);
  const clean = await readState(inOrder);
  expect(clean.documents.map(({ status }) => status)).toEqual(["ready", "ready"]);
  for (let seed = 1; seed <= 12; seed++) {
    const random = seededRandom(seed);
    const at = await createDeployment();
    const [, gone] = await uploadAll(at);
    // The deletion comes before, in the middle of, or after the reading of what it deletes.
    const reads = Math.floor(random() * 3);
    for (let read = 0; read < reads; read++) await at.deliver(at.queue.splice(0, 1));
    await at.request("DELETE", `/documents/${gone}`);
    await deliverAtRandom(at, random);
    await untilFinal(at);
    const state = await readState(at);
    expect(spent(state), `seed ${seed}`).toEqual(spent(clean));
  }
}, 300_000);

/** Pages that were read before the deletion came are spent, and counted by it, and whether they were is chance. */
function spent({ counters, reservations, daily, receipts, ...state }: Awaited<ReturnType<typeof readState>>) {
  return {
    ...state,
    receipts: receipts?.map(({ figures: _, ...receipt }) => receipt),
    counters: counters?.filter(({ metric }) => metric !== "pages"),
    reservations: reservations?.filter(({ metric }) => metric !== "pages"),
  };
}
