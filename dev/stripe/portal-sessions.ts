import type Stripe from "stripe";
import { z } from "zod";
import type { Account } from "./account.ts";
import { noSuch } from "./api-error.ts";
import { now } from "./clock.ts";
import { requireCustomer } from "./customers.ts";
import type { FormParams } from "./form-body.ts";
import { newId } from "./ids.ts";
import { expand, locale, readParams, text, url } from "./params.ts";
import { type PortalSessionRecord, recordOf } from "./records.ts";

const LIFETIME = 3600;

const createParams = z.strictObject({
  customer: text,
  return_url: url.optional(),
  locale: locale.optional(),
  configuration: text.optional(),
  expand,
});

/** @throws ApiError when a parameter is refused */
export function createPortalSession(account: Account, params: FormParams): PortalSessionRecord {
  const values = readParams(createParams, params);
  requireCustomer(account, values.customer);
  const { portalSessions } = account.records;
  for (const { id, created } of Object.values(portalSessions)) {
    if (created + LIFETIME <= now()) delete portalSessions[id];
  }
  const session: PortalSessionRecord = {
    id: newId("bps"),
    created: now(),
    customer: values.customer,
    configuration: values.configuration ?? "bpc_ancre",
    returnUrl: values.return_url ?? null,
    locale: values.locale ?? null,
  };
  portalSessions[session.id] = session;
  return session;
}

/** @throws ApiError when there is none, or its hour is over */
export function findPortalSession(account: Account, id: string): PortalSessionRecord {
  const session = recordOf(account.records.portalSessions, id);
  if (!session || session.created + LIFETIME <= now()) throw noSuch("billing_portal.session", id);
  return session;
}

/** The session as the API answers it. */
export function portalSessionObject(
  account: Account,
  record: PortalSessionRecord,
): Stripe.BillingPortal.Session {
  return {
    id: record.id,
    object: "billing_portal.session",
    configuration: record.configuration,
    created: record.created,
    customer: record.customer,
    customer_account: null,
    flow: null,
    livemode: false,
    locale: record.locale,
    on_behalf_of: null,
    return_url: record.returnUrl,
    url: `${account.url}/p/session/${record.id}`,
  };
}
