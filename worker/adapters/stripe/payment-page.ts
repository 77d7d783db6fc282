import type Stripe from "stripe";

type Page = {
  customerId: string;
  tenantId: string;
  locale: "fr" | "en";
  priceId: string;
  successUrl: string;
  cancelUrl: string;
  idempotencyKey: string;
};

/** The checkout session where a customer buys the paid plan: an open one, or a new one. */
export async function openPaymentPage(stripe: Stripe, page: Page): Promise<Stripe.Checkout.Session> {
  const { customerId, tenantId, locale, priceId, successUrl, cancelUrl, idempotencyKey } = page;
  const known = await openSession(stripe, page);
  if (known) return known;
  const created = await stripe.checkout.sessions.create(
    {
      mode: "subscription",
      customer: customerId,
      client_reference_id: tenantId,
      metadata: { tenant_id: tenantId, price_id: priceId },
      subscription_data: { metadata: { tenant_id: tenantId } },
      line_items: [{ price: priceId, quantity: 1 }],
      locale,
      success_url: successUrl,
      cancel_url: cancelUrl,
    },
    { idempotencyKey },
  );
  return (await openSession(stripe, page)) ?? created;
}

/**
 * The one page where a customer may pay now: the oldest open one in this language and at this price. Others are closed,
 * because two could both be paid; asked again after making one, callers at the same moment agree on it.
 */
async function openSession(stripe: Stripe, { customerId: customer, locale, priceId }: Page) {
  const { data } = await stripe.checkout.sessions.list({ customer, status: "open", limit: 20 });
  const kept = data.findLast(
    (session) => session.locale === locale && session.metadata?.price_id === priceId,
  );
  for (const { id } of data) {
    // Another caller may have closed it already.
    if (id !== kept?.id) await stripe.checkout.sessions.expire(id).catch(() => {});
  }
  return kept;
}
