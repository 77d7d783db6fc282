/** The history of what was used, and limits that are near or reached. */
export const plan = {
  history: "The last 90 days",
  empty: "Nothing was used in the last 90 days.",
  show: "What is shown",
  metrics: { questions: "Questions", pages: "Pages", documents: "Documents", tokens: "Tokens", cost: "Cost" },
  view: "As",
  chart: "Chart",
  table: "Table",
  csv: "Download as CSV",
  csvName: "Ancre usage {{from}} to {{to}}",
  day: "Day",
  chartOf: "{{metric}}, day by day",
  total: "{{total}} in all",
  busiest: "most on {{day}}: {{amount}}",
  ofDay: "{{day}}: {{amount}}",
  note: "Days run from midnight to midnight UTC. The cost is at list price.",
  unpriced_one: "{{count, number}} call isn’t in the cost: the price of its model isn’t known.",
  unpriced_other: "{{count, number}} calls aren’t in the cost: the price of their model isn’t known.",

  limits: "Limits of the plan",
  nearMonthly:
    "{{metric}}: {{share}} of this month’s {{limit}} are used. The count starts again on {{date}}.",
  nearHeld: "{{metric}}: {{share}} of the {{limit}} of your plan are used.",
  /** What a reached limit doesn't stop. */
  goesOn: {
    questions: "Documents are read and can be opened as before.",
    pages: "What is read can be asked as before.",
    documents: "What is there can be asked and replaced as before.",
    storage_bytes: "What is there can be asked as before.",
    assistants: "Those you have go on answering.",
    members: "Those who are here go on as before.",
  },
  see: "See plan and usage",
  hide: "Hide",
};
