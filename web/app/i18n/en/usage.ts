/** Plan, limits and payment. */
export const usage = {
  title: "Plan and usage",
  planIn: "{{plan}} plan · {{month}}",
  planNames: { free: "Free", pro: "Pro" },
  metrics: {
    questions: "Questions",
    pages: "Pages read",
    documents: "Documents",
    storage_bytes: "Storage",
    assistants: "Assistants",
    members: "Members",
  },
  /** What a reached limit stops. */
  stops: {
    questions: "No more questions can be asked",
    pages: "No more pages are read",
    documents: "No more documents can be added",
    storage_bytes: "No more files can be added",
    assistants: "No more assistants can be made",
    members: "Nobody else can join",
  },
  /** How to have room again under a limit on what is held. */
  reliefs: {
    questions: "",
    pages: "",
    documents: "Deleting documents makes room.",
    storage_bytes: "Deleting documents makes room.",
    assistants: "Deleting an assistant makes room at once.",
    members: "Removing a member makes room at once.",
  },

  thisMonth: "This month",
  usedOf: "{{used}} of {{limit}}",
  resets: "starts again on {{date}}",
  heldMembers: "removing one makes room",
  held: "deleting makes room",
  near: "Almost at the limit",
  fullUntil: "{{stop}} until {{date}}.",
  full: "{{stop}}. {{relief}}",
  proAllowsMore: "Pro allows more.",
  models: "The models took {{tokens, number}} tokens this month: {{cost}} at list price.",

  plans: "The plans",
  yourPlan: "Your plan",
  perMonth: "a month",
  maxFile: "One file, at most",
  maxImport: "One import, at most",
  noCharge: "No charge",
  price: "{{sum}} a {{interval}}",
  intervals: { day: "day", week: "week", month: "month", year: "year" },
  priceUnknown: "The price can’t be shown right now",
  testMode: "Test mode: no real money",

  subscription: "Subscription",
  freeNow: "You are on Free, which costs nothing.",
  proPitch: "Pro has room for a whole team’s documents. You can cancel at any time.",
  proNow: "You are on Pro.",
  proGiven:
    "Pro was opened for this workspace without a subscription: there is nothing to pay or manage here.",
  renews: "It renews on {{date}}.",
  ends: "Pro ends on {{date}}. Everything you have stays: after that the limits of Free hold for what you add. Until then you can take the subscription up again.",
  upgrade: "Upgrade to Pro",
  manage: "Manage the subscription",
  fixPayment: "Update the payment",
  leaving: "Opening Stripe…",
  overdueTitle: "The last payment didn’t go through",
  overdueOnPro:
    "Pro goes on for a few days while Stripe tries again. Update your payment details to keep it.",
  overdueOnFree:
    "Until it does, the limits of Free hold. Nothing was deleted; update your payment details to have Pro back.",
  managersOnly: "Only owners and admins see and manage the subscription. Ask one of them to change the plan.",

  checkout: {
    canceled: "Nothing was bought. You are still on your plan.",
    waiting: "Payment received, Pro is being switched on…",
    confirmed: "Pro is on. Its limits hold from now.",
    late: "Stripe hasn’t confirmed the payment yet. It may take a few minutes; if you have paid, don’t pay again.",
    wait: "Check again",
    dismiss: "I didn’t pay",
  },

  seePlan: "See plan and usage",
  quota: {
    allows: "{{metric}}: your {{plan}} plan allows {{limit}}.",
    allowsMonthly: "{{metric}}: your {{plan}} plan allows {{limit}} a month.",
    used: "Used so far: {{used}}; this takes {{requested}} more.",
    resets: "The count starts again on {{date}}.",
    pro: "Pro allows {{limit}}.",
  },
};
