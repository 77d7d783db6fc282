import { z } from "zod";

const seconds = z.number().int();
const metadata = z.record(z.string(), z.string());

/** What is remembered of a customer. The objects of the API are made from these records when they are asked for. */
const customer = z.object({
  id: z.string(),
  created: seconds,
  name: z.string().nullable(),
  email: z.string().nullable(),
  metadata,
  deleted: z.boolean().default(false),
});

const checkoutSession = z.object({
  id: z.string(),
  created: seconds,
  expiresAt: seconds,
  status: z.enum(["open", "complete", "expired"]),
  customer: z.string(),
  lineItem: z.string(),
  quantity: z.number().int(),
  successUrl: z.string(),
  cancelUrl: z.string().nullable(),
  clientReferenceId: z.string().nullable(),
  metadata,
  subscriptionMetadata: metadata,
  subscriptionDescription: z.string().nullable(),
  locale: z.string().nullable(),
  allowPromotionCodes: z.boolean().nullable(),
  automaticTax: z.boolean(),
  billingAddressCollection: z.enum(["auto", "required"]).nullable(),
  taxIdCollection: z.boolean(),
  subscription: z.string().nullable(),
  invoice: z.string().nullable(),
});

export const subscriptionStatus = z.enum([
  "active",
  "canceled",
  "incomplete",
  "incomplete_expired",
  "past_due",
  "paused",
  "trialing",
  "unpaid",
]);

const subscription = z.object({
  id: z.string(),
  item: z.string(),
  created: seconds,
  customer: z.string(),
  /** Another price than the one that is sold now. */
  price: z.string().nullable().default(null),
  quantity: z.number().int(),
  status: subscriptionStatus,
  metadata,
  description: z.string().nullable(),
  automaticTax: z.boolean(),
  billingCycleAnchor: seconds,
  periodStart: seconds,
  periodEnd: seconds,
  cancelAt: seconds.nullable(),
  cancelAtPeriodEnd: z.boolean(),
  canceledAt: seconds.nullable(),
  endedAt: seconds.nullable(),
  latestInvoice: z.string().nullable(),
});

const invoice = z.object({
  id: z.string(),
  line: z.string(),
  number: z.string(),
  created: seconds,
  customer: z.string(),
  subscription: z.string(),
  billingReason: z.enum(["subscription_create", "subscription_cycle"]),
  periodStart: seconds,
  periodEnd: seconds,
  paidAt: seconds.nullable(),
});

const portalSession = z.object({
  id: z.string(),
  created: seconds,
  customer: z.string(),
  configuration: z.string(),
  returnUrl: z.string().nullable(),
  locale: z.string().nullable(),
});

/** The payload is kept as text: a retry sends the same bytes. */
const event = z.object({
  id: z.string(),
  payload: z.string(),
  delivery: z.enum(["pending", "delivered", "failed", "none"]),
});

const idempotentAnswer = z.object({
  at: seconds,
  fingerprint: z.string(),
  requestId: z.string(),
  status: z.number().int(),
  body: z.string(),
});

/** Everything the stand-in remembers, by id, oldest first. */
export const records = z.object({
  customers: z.record(z.string(), customer),
  checkoutSessions: z.record(z.string(), checkoutSession),
  subscriptions: z.record(z.string(), subscription),
  invoices: z.record(z.string(), invoice),
  portalSessions: z.record(z.string(), portalSession),
  events: z.array(event),
  idempotentAnswers: z.record(z.string(), idempotentAnswer),
});

/** The record of an id that came from outside, which may well be `constructor`. */
export function recordOf<T>(group: Record<string, T>, id: string): T | undefined {
  return Object.hasOwn(group, id) ? group[id] : undefined;
}

export type Records = z.infer<typeof records>;
export type CustomerRecord = z.infer<typeof customer>;
export type CheckoutSessionRecord = z.infer<typeof checkoutSession>;
export type SubscriptionRecord = z.infer<typeof subscription>;
export type InvoiceRecord = z.infer<typeof invoice>;
export type PortalSessionRecord = z.infer<typeof portalSession>;
export type EventRecord = z.infer<typeof event>;
