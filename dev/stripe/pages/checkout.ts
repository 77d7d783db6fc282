import { html } from "hono/html";
import { type Account, PRODUCT } from "../account.ts";
import { findCustomer } from "../customers.ts";
import { successUrl } from "../payment.ts";
import type { CheckoutSessionRecord } from "../records.ts";
import { type Html, layout } from "./layout.ts";
import { formatAmount, type Language, wordsIn } from "./words.ts";

/** The page where a plan is paid, or what has become of it. */
export function checkoutPage(account: Account, session: CheckoutSessionRecord, language: Language): Html {
  const words = wordsIn(language).checkout;
  if (session.status === "complete") {
    return layout({
      language,
      title: words.complete,
      content: html`<p>${words.completeNote}</p>
      <a class="button primary" href="${successUrl(session)}">${words.continue}</a>`,
    });
  }
  if (session.status === "expired") {
    return layout({
      language,
      title: words.expired,
      content: html`<p>${words.expiredNote}</p>
      ${backLink(session, words.back)}`,
    });
  }
  return layout({ language, title: words.title, content: order(account, session, language) });
}

function order(account: Account, session: CheckoutSessionRecord, language: Language): Html {
  const words = wordsIn(language).checkout;
  const { name, email } = findCustomer(account, session.customer);
  const { unitAmount, currency } = account.price;
  return html`<section class="card">
        <h2>${PRODUCT.name}</h2>
        <p class="amount">
          ${formatAmount(unitAmount * session.quantity, currency, language)}
          <small>${words.perMonth}</small>
        </p>
        <dl>
          <div><dt>${words.customer}</dt><dd>${name ?? email ?? session.customer}</dd></div>
          ${session.quantity > 1 && html`<div><dt>${words.quantity}</dt><dd>${session.quantity}</dd></div>`}
        </dl>
        <p class="quiet" id="note">${words.note}</p>
        <form method="post">
          <button class="primary" aria-describedby="note">${words.pay}</button>
        </form>
        ${backLink(session, words.back)}
      </section>`;
}

function backLink({ cancelUrl }: CheckoutSessionRecord, label: string): Html | string {
  return cancelUrl === null ? "" : html`<a class="button" href="${cancelUrl}">${label}</a>`;
}
