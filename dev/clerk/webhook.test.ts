import { verifyWebhook } from "@clerk/backend/webhooks";
import { expect, test } from "vitest";
import { membershipEvent, organizationEvent, userEvent } from "./events.ts";
import { createClerkKeys } from "./keys.ts";
import { type SignedWebhook, signWebhook } from "./webhook.ts";

const ALICE = { id: "user_alice", email: "alice@example.com", firstName: "Alice" };
const ACME = { id: "org_acme", name: "Acme", createdBy: ALICE.id };
const MEMBERSHIP = { organization: ACME, user: ALICE, role: "org:admin" };

const { webhookSecret } = await createClerkKeys();

function verify(signed: SignedWebhook, signingSecret = webhookSecret) {
  return verifyWebhook(new Request("http://127.0.0.1:8787/webhooks/clerk", signed), { signingSecret });
}

test.each(["created", "updated", "deleted"] as const)(
  "the SDK accepts and returns %s events",
  async (change) => {
    for (const event of [
      userEvent(change, ALICE),
      organizationEvent(change, ACME),
      membershipEvent(change, MEMBERSHIP),
    ]) {
      expect(await verify(await signWebhook(webhookSecret, { id: "msg_1", payload: event }))).toEqual(event);
      expect(event.type.endsWith(`.${change}`)).toBe(true);
    }
  },
);

test("a changed body, id or secret is refused", async () => {
  const signed = await signWebhook(webhookSecret, { id: "msg_1", payload: userEvent("created", ALICE) });
  const other = (await createClerkKeys()).webhookSecret;
  const body = signed.body.replace("alice", "mallory");
  await expect(verify({ ...signed, body })).rejects.toThrow("No matching signature");
  const headers = { ...signed.headers, "svix-id": "msg_2" };
  await expect(verify({ ...signed, headers })).rejects.toThrow("No matching signature");
  await expect(verify(signed, other)).rejects.toThrow("No matching signature");
});

test("a delivery is good for five minutes", async () => {
  const sentAgo = async (minutes: number) => {
    const at = new Date(Date.now() - minutes * 60_000);
    return verify(
      await signWebhook(webhookSecret, { id: "msg_1", payload: userEvent("deleted", ALICE), at }),
    );
  };
  await expect(sentAgo(4.9)).resolves.toMatchObject({ type: "user.deleted", data: { id: ALICE.id } });
  await expect(sentAgo(5.1)).rejects.toThrow("too old");
  await expect(sentAgo(-5.1)).rejects.toThrow("too new");
});
