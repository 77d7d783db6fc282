import type { QuotaFacts } from "../api/problem.ts";
import type { Metric, PlanName, Price } from "../api/shapes.ts";
import { quantitiesOf } from "./quantities.ts";

const { number, bytes, money, date, day, month, compact, percent } = quantitiesOf("en");

const planNames: Record<PlanName, string> = { free: "Free", pro: "Pro" };

const metrics: Record<Metric, string> = {
  questions: "Questions",
  pages: "Pages read",
  documents: "Documents",
  storage_bytes: "Storage",
  assistants: "Assistants",
  members: "Members",
};

/** What a reached limit stops. */
const stops: Record<Metric, string> = {
  questions: "No more questions can be asked",
  pages: "No more pages are read",
  documents: "No more documents can be added",
  storage_bytes: "No more files can be added",
  assistants: "No more assistants can be made",
  members: "Nobody else can join",
};

/** How to have room again under a limit on what is held. */
const reliefs: Record<Metric, string> = {
  questions: "",
  pages: "",
  documents: "Deleting documents makes room.",
  storage_bytes: "Deleting documents makes room.",
  assistants: "Deleting an assistant makes room at once.",
  members: "Removing a member makes room at once.",
};

const intervals: Record<string, string> = { day: "day", week: "week", month: "month", year: "year" };

function isMetric(name: string): name is Metric {
  return name in metrics;
}

function amount(metric: Metric, n: number): string {
  return metric === "storage_bytes" ? bytes(n) : number(n);
}

/** The page about plan and usage in English, and the shape that each other language has. */
export const planEn = {
  title: "Plan and usage",
  link: "Plan",
  skip: "Skip to the content",
  planNames,
  metrics,
  amount,
  bytes,
  compact,
  day,
  money,
  planIn: (plan: PlanName, moment: string) => `${planNames[plan]} plan · ${month(moment)}`,

  usage: "Usage",
  usedOf: (metric: Metric, used: number, limit: number) =>
    `${amount(metric, used)} of ${amount(metric, limit)}`,
  share: percent,
  resets: (moment: string) => `starts again on ${date(moment)}`,
  held: (metric: Metric): string =>
    metric === "members" ? "removing one makes room" : "deleting makes room",
  near: "Almost at the limit",
  full: (metric: Metric, resetsAt: string | null, canUpgrade: boolean) => {
    const until = resetsAt ? ` until ${date(resetsAt)}.` : `. ${reliefs[metric]}`;
    return `${stops[metric]}${until}${canUpgrade ? " Pro allows more." : ""}`;
  },
  models: (tokens: number, cost: string) =>
    `The models took ${number(tokens)} tokens this month: ${cost} at list price.`,

  plans: "The plans",
  yourPlan: "Your plan",
  perMonth: "a month",
  maxFile: "One file, at most",
  maxImport: "One import, at most",
  free: "No charge",
  price: ({ amount: sum, currency, interval }: Price) =>
    `${money(sum, currency)} a ${intervals[interval] ?? interval}`,
  priceUnknown: "The price can’t be shown right now",
  testMode: "Test mode: no real money",

  subscription: "Subscription",
  freeNow: "You are on Free, which costs nothing.",
  proPitch: "Pro has room for a whole team’s documents. You can cancel at any time.",
  proNow: "You are on Pro.",
  proGiven:
    "Pro was opened for this workspace without a subscription: there is nothing to pay or manage here.",
  renews: (moment: string) => `It renews on ${date(moment)}.`,
  ends: (moment: string) =>
    `Pro ends on ${date(moment)}. Everything you have stays: after that the limits of Free hold for what you add. Until then you can take the subscription up again.`,
  upgrade: "Upgrade to Pro",
  manage: "Manage the subscription",
  fixPayment: "Update the payment",
  leaving: "Opening Stripe…",
  overdueTitle: "The last payment didn’t go through",
  overdue: (plan: PlanName): string =>
    plan === "pro"
      ? "Pro goes on for a few days while Stripe tries again. Update your payment details to keep it."
      : "Until it does, the limits of Free hold. Nothing was deleted; update your payment details to have Pro back.",
  managersOnly: "Only owners and admins see and manage the subscription. Ask one of them to change the plan.",

  checkout: {
    canceled: "Nothing was bought. You are still on your plan.",
    waiting: "Payment received, Pro is being switched on…",
    confirmed: "Pro is on. Its limits hold from now.",
    late: "Stripe hasn’t confirmed the payment yet. It may take a few minutes; if you have paid, don’t pay again.",
    wait: "Check again",
    dismiss: "I didn’t pay",
  },

  history: "The last 30 days",
  historyEmpty: "Nothing was used in the last 30 days.",
  columns: { day: "Day", questions: "Questions", pages: "Pages", tokens: "Tokens", cost: "Cost" },
  historyNote: "Days run from midnight to midnight UTC; days without use are left out.",

  seePlan: "See plan and usage",
  /** Null for a limit that this page doesn't know. */
  quota({ metric, plan, used, requested, limit, resets_at, upgrade }: QuotaFacts): string | null {
    if (!isMetric(metric)) return null;
    const name = plan === "pro" ? planNames.pro : planNames.free;
    return [
      `${metrics[metric]}: your ${name} plan allows ${amount(metric, limit)}${resets_at ? " a month" : ""}.`,
      `Used so far: ${amount(metric, used)}; this takes ${amount(metric, requested)} more.`,
      resets_at ? `The count starts again on ${date(resets_at)}.` : reliefs[metric],
      upgrade ? `Pro allows ${amount(metric, upgrade.limit)}.` : "",
    ]
      .filter(Boolean)
      .join(" ");
  },
};

export type PlanMessages = typeof planEn;
