/** A subscription as the provider shows it now. Moments are the provider's. */
export type Subscription = {
  id: string;
  /** The provider's own word; unknown ones entitle to nothing. */
  status: string;
  /** Whether it is for the paid plan that this deployment sells. */
  paid: boolean;
  periodStart: Date;
  periodEnd: Date;
  /** When it ends if nothing changes; null: it goes on. */
  cancelsAt: Date | null;
};

/** A customer's account: whose it says it is, and its subscriptions, newest first. */
export type BillingAccount = { customerId: string; tenantId: string | null; subscriptions: Subscription[] };

/** Something changed at the provider. What, is not taken from here but read again. */
export type BillingEvent = { id: string; type: string; customerId: string | null };

export type Price = { amount: number; currency: string; interval: string };

/** The event's signature doesn't hold: somebody else sent it, it was changed, or it is too old. */
export class ForgedBillingEvent extends Error {
  override readonly name = "ForgedBillingEvent";
}

/** The provider didn't answer, or refused. `message` stays inside. */
export class BillingFailure extends Error {
  override readonly name = "BillingFailure";
}

/** Takes money. Every call that makes something carries an idempotency key. Throws `BillingFailure`. */
export interface BillingProvider {
  /** Whether no real money moves. */
  readonly testMode: boolean;
  /** Makes a tenant's customer, once: the first, or one in the place of another that was deleted there. */
  createCustomer(tenant: { id: string; name: string; replaces: string | null }): Promise<string>;
  /** Gives the address of the page where the paid plan is bought; an open one is given again. */
  openCheckout(input: {
    customerId: string;
    tenantId: string;
    locale: "fr" | "en";
    requestId: string;
  }): Promise<string>;
  /** Gives the address of the page where the subscription is managed. */
  openPortal(input: { customerId: string; locale: "fr" | "en"; requestId: string }): Promise<string>;
  /** Ends now whatever a customer pays for, and closes its open payment pages. One that is gone has ended already. */
  cancelSubscriptions(customerId: string): Promise<void>;
  /** What the paid plan costs. */
  price(): Promise<Price>;
  /** Null for a customer that was deleted there. */
  readAccount(customerId: string): Promise<BillingAccount | null>;
  /** Checks an event's signature over the raw body. Throws `ForgedBillingEvent`. */
  readEvent(body: string, signature: string): Promise<BillingEvent>;
}
