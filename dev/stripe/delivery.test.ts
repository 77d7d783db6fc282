import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { post, sessionParams, startRig, startWebhook, WEBHOOK_SECRET } from "./test-rig.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ancre-stripe-"));
});

afterAll(() => rm(folder, { recursive: true }));

test("a refused delivery comes again, later and later, with the same bytes", async () => {
  const webhook = await startWebhook({ refusals: 2 });
  const rig = await startRig({ webhook: { url: webhook.url, secret: WEBHOOK_SECRET } });
  const { id: customer } = await rig.stripe.customers.create();
  await rig.control("/subscriptions", { customer, emit: "true" });
  expect(webhook.deliveries).toHaveLength(1);
  await vi.waitFor(() => expect(webhook.deliveries).toHaveLength(3), { timeout: 40_000, interval: 50 });
  const [first, second, third] = webhook.deliveries;
  expect(new Set(webhook.deliveries.map(({ payload }) => payload)).size).toBe(1);
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThan(900);
  expect((third?.at ?? 0) - (second?.at ?? 0)).toBeGreaterThan(1900);
  await webhook.events();
  await Promise.all([rig.close(), webhook.close()]);
});

test("everything survives a restart, and an open delivery is taken up again", async () => {
  const stateFile = join(folder, "data", "stripe.json");
  const down = await startRig({
    stateFile,
    webhook: { url: "http://127.0.0.1:9/none", secret: WEBHOOK_SECRET },
  });
  const customer = await down.stripe.customers.create({ name: "A" }, { idempotencyKey: "first" });
  const session = await down.stripe.checkout.sessions.create(sessionParams(customer.id));
  await post(session.url ?? "");
  await down.close();

  const webhook = await startWebhook();
  const rig = await startRig({ stateFile, webhook: { url: webhook.url, secret: WEBHOOK_SECRET } });
  const replayed = await rig.stripe.customers.create({ name: "A" }, { idempotencyKey: "first" });
  expect(replayed.id).toBe(customer.id);
  const paid = await rig.stripe.checkout.sessions.retrieve(session.id, { expand: ["subscription"] });
  expect(paid).toMatchObject({ status: "complete", subscription: { status: "active" } });
  await vi.waitFor(() => expect(webhook.deliveries).toHaveLength(3), { timeout: 40_000 });
  await vi.waitFor(async () => expect(await readFile(stateFile, "utf8")).not.toContain('"pending"'), {
    timeout: 40_000,
  });
  await Promise.all([rig.close(), webhook.close()]);
});

test("a broken state file is said to be one", async () => {
  const stateFile = join(folder, "broken.json");
  for (const text of ["{", '{"customers":[]}']) {
    await writeFile(stateFile, text);
    await expect(startRig({ stateFile })).rejects.toThrow("Delete it to start afresh");
  }
});
