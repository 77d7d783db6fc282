import Stripe from "stripe";
import type { Account } from "./account.ts";
import { now } from "./clock.ts";
import { newId } from "./ids.ts";
import type { EventRecord } from "./records.ts";

export type EventType =
  | "checkout.session.completed"
  | "customer.subscription.created"
  | "customer.subscription.updated"
  | "customer.subscription.deleted"
  | "invoice.paid"
  | "invoice.payment_failed";

/** Something that happened to an object; `previous` holds the old values of what an update changed. */
export type Change = { type: EventType; object: object; previous?: object };

/** Settled events beyond these are forgotten. */
const KEPT = 200;

/** The payload of an event as Stripe sends it. */
export function eventPayload(
  account: Account,
  { type, object, previous }: { type: string; object: object; previous?: object | undefined },
  created = now(),
): { id: string; payload: string } {
  const id = newId("evt");
  const event = {
    id,
    object: "event",
    api_version: Stripe.API_VERSION,
    created,
    data: { object, previous_attributes: previous },
    livemode: false,
    pending_webhooks: account.courier.isDelivering ? 1 : 0,
    request: { id: null, idempotency_key: null },
    type,
  } satisfies Omit<Stripe.EventBase, "type"> & { type: string };
  return { id, payload: JSON.stringify(event) };
}

/** Makes events of the changes and sends them all at once. Resolves after the first attempts, or three seconds. */
export async function announce(account: Account, changes: Change[]): Promise<void> {
  const delivery = account.courier.isDelivering ? "pending" : "none";
  const events = changes.map((change): EventRecord => ({ ...eventPayload(account, change), delivery }));
  account.records.events.push(...events);
  forgetOld(account);
  await account.save();
  if (delivery === "pending") await Promise.all(events.map((event) => account.courier.deliver(event)));
}

/** Takes up again the deliveries that the last run of the stand-in left open. */
export function resumeDeliveries(account: Account): void {
  if (!account.courier.isDelivering) return;
  for (const event of account.records.events) {
    if (event.delivery === "pending") void account.courier.deliver(event);
  }
}

function forgetOld({ records }: Account): void {
  const excess = records.events.length - KEPT;
  if (excess <= 0) return;
  records.events = records.events.filter((event, i) => i >= excess || event.delivery === "pending");
}
