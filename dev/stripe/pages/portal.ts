import { html } from "hono/html";
import { type Account, PRODUCT } from "../account.ts";
import { actionsFor, isScheduledToEnd, type PortalAction } from "../portal-actions.ts";
import type { PortalSessionRecord, SubscriptionRecord } from "../records.ts";
import { subscriptionsOf } from "../subscriptions.ts";
import { type Html, layout } from "./layout.ts";
import { formatAmount, formatDate, type Language, wordsIn } from "./words.ts";

/** The page where a customer looks after the subscription: those that run, else the last one that ran. */
export function portalPage(account: Account, session: PortalSessionRecord, language: Language): Html {
  const words = wordsIn(language).portal;
  const all = subscriptionsOf(account, session.customer);
  const running = all.filter(({ status }) => status !== "canceled");
  const shown = running.length > 0 ? running : all.slice(0, 1);
  return layout({
    language,
    title: words.title,
    content: html`${
      shown.length > 0
        ? shown.map((subscription) => card(account, session, subscription, language))
        : html`<p>${words.none}</p>`
    }
      ${session.returnUrl !== null && html`<a class="button" href="${session.returnUrl}">${words.back}</a>`}`,
  });
}

function card(
  account: Account,
  session: PortalSessionRecord,
  subscription: SubscriptionRecord,
  language: Language,
): Html {
  const { actions } = wordsIn(language).portal;
  const facts = factsOf(account, subscription, language);
  return html`<section class="card">
        <h2>${PRODUCT.name}</h2>
        <dl>
          ${facts.map(([term, fact]) => html`<div><dt>${term}</dt><dd>${fact}</dd></div>`)}
        </dl>
        ${actionsFor(subscription).map(
          (action) => html`<form method="post" action="/p/session/${session.id}/${subscription.id}/${action}">
          <button class="${look(action)}">${actions[action]}</button>
        </form>`,
        )}
      </section>`;
}

function factsOf(account: Account, subscription: SubscriptionRecord, language: Language): [string, string][] {
  const words = wordsIn(language);
  const { status, price, invoice, paid, open, statuses } = words.portal;
  const { unitAmount, currency } = account.price;
  const total = formatAmount(unitAmount * subscription.quantity, currency, language);
  const facts: [string, string][] = [
    [status, statuses[subscription.status]],
    [price, `${total} ${words.checkout.perMonth}`],
    endOf(subscription, language),
  ];
  const latest = account.records.invoices[subscription.latestInvoice ?? ""];
  if (latest) facts.push([invoice, `${latest.number}, ${latest.paidAt === null ? open : paid}`]);
  return facts;
}

function endOf(subscription: SubscriptionRecord, language: Language): [string, string] {
  const { endsOn, ended, periodEnd } = wordsIn(language).portal;
  const isScheduled = isScheduledToEnd(subscription);
  const label = subscription.endedAt !== null ? ended : isScheduled ? endsOn : periodEnd;
  const date = subscription.endedAt ?? subscription.cancelAt ?? subscription.periodEnd;
  return [label, formatDate(date, language)];
}

function look(action: PortalAction): string {
  if (action === "resume" || action === "pay-invoice") return "primary";
  return action === "cancel-now" ? "danger" : "";
}
