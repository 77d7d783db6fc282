import { setTimeout as sleep } from "node:timers/promises";
import Stripe from "stripe";
import type { EventRecord } from "./records.ts";

/** With a secret alone, events are signed but not delivered: a test delivers them itself. */
export type Webhook = { url: string | null; secret: string };

/** Brings events to the webhook. */
export type Courier = {
  secret: string | null;
  isDelivering: boolean;
  /** Where they go; null when a test delivers them itself. */
  url: string | null;
  /** Tries until it works or the delays are used up. Resolves with the first attempt, or after three seconds. */
  deliver(event: EventRecord): Promise<void>;
  /** Gives up waiting; what isn't delivered stays pending. */
  close(): Promise<void>;
};

/** Before the first attempt and the four that may follow, in seconds. */
const DELAYS = [0, 1, 2, 4, 8];
const ATTEMPT_TIMEOUT = 10_000;
const PATIENCE = 3000;

/** @param onSettled called when an event has been delivered or given up */
export function createCourier(webhook: Webhook | null, onSettled: () => Promise<void>): Courier {
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();
  const url = webhook?.url ?? null;

  async function bring(event: EventRecord, onAttempt: () => void): Promise<void> {
    if (!webhook || url === null) return;
    for (const delay of DELAYS) {
      await sleep(delay * 1000, undefined, { signal: stopping.signal });
      const isTaken = await attempt(event, url, webhook.secret, stopping.signal);
      if (stopping.signal.aborted) return;
      event.delivery = isTaken ? "delivered" : "pending";
      onAttempt();
      if (isTaken) return onSettled();
    }
    event.delivery = "failed";
    await onSettled();
  }

  return {
    secret: webhook?.secret ?? null,
    isDelivering: url !== null,
    url,
    deliver(event) {
      const firstAttempt = Promise.withResolvers<void>();
      const task = bring(event, firstAttempt.resolve)
        .catch(() => {})
        .finally(() => running.delete(task));
      running.add(task);
      const patience = sleep(PATIENCE, undefined, { ref: false });
      return Promise.race([firstAttempt.promise, task, patience]);
    },
    async close() {
      stopping.abort();
      await Promise.all(running);
    },
  };
}

/** Whether the webhook took the event: any 2xx; a redirect is not followed. */
async function attempt(
  event: EventRecord,
  url: string,
  secret: string,
  stopping: AbortSignal,
): Promise<boolean> {
  try {
    const response = await fetch(url, {
      method: "POST",
      redirect: "manual",
      headers: {
        "content-type": "application/json; charset=utf-8",
        "user-agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
        "stripe-signature": await sign(event.payload, secret),
      },
      body: event.payload,
      signal: AbortSignal.any([stopping, AbortSignal.timeout(ATTEMPT_TIMEOUT)]),
    });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

/** The `Stripe-Signature` of a payload, made now, by the SDK itself. */
export function sign(payload: string, secret: string): Promise<string> {
  return Stripe.webhooks.generateTestHeaderStringAsync({ payload, secret });
}
