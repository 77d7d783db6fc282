import type { ProblemCode } from "../api/problem.ts";
import { planEn } from "./plan-en.ts";
import { quantitiesOf } from "./quantities.ts";

const count = new Intl.NumberFormat("en");
const { number, money, seconds } = quantitiesOf("en");
const sizes = ["byte", "kilobyte", "megabyte"] as const;

function some(n: number, one: string, many: string): string {
  return `${count.format(n)} ${n === 1 ? one : many}`;
}

const problems: Record<ProblemCode, string> = {
  malformed_request: "That request couldn’t be read.",
  unsupported_media_type: "That request couldn’t be read.",
  invalid_request: "That request couldn’t be accepted.",
  unauthenticated: "You aren’t signed in, or your session has ended. Sign in and try again.",
  forbidden: "Your role doesn’t allow this. Ask an owner of the workspace.",
  tenant_required: "You belong to several workspaces and none is chosen.",
  not_found: "This no longer exists. It may have been deleted.",
  conflict: "Something changed in the meantime. Reload the page and try again.",
  idempotency_mismatch: "This was already sent with other contents. Reload the page and try again.",
  rate_limited: "Too many requests at once. Nothing is lost; wait a minute and try again.",
  too_large: "This file is too large.",
  quota_exceeded: "Your plan’s limit is reached.",
  billing_unavailable: "This installation takes no payments. Whoever runs it decides on the plan.",
  upstream_unavailable: "The model isn’t answering right now. Nothing is lost; try again shortly.",
  internal: "Something went wrong on our side. Nothing of yours was changed; try again.",
  unreachable: "Ancre can’t be reached. Check your connection, then try again.",
  interrupted: "The answer was cut off before its end. What arrived is kept; try again.",
};

/** Every text of the dashboard in English, and the shape that each other language has. */
export const en = {
  pageTitle: "Ancre — answers anchored in your documents",
  skipToQuestion: "Skip to the question",
  language: "Language",
  retry: "Try again",
  requestId: (id: string) => `Request ${id}`,
  loading: "Loading…",
  notFoundTitle: "There is nothing at this address",
  crashTitle: "The page couldn’t be shown",
  backHome: "Back to Ancre",
  problems,
  plan: planEn,

  library: "Library",
  collection: "Collection",
  newCollectionName: "Library",
  chooseFiles: "Choose files",
  dropHint: "or drop them anywhere",
  dropNow: "Drop to import",
  formats: "PDF, DOCX, PPTX, HTML, Markdown or text, up to 50 MiB",
  emptyLibrary: "Nothing to read yet",
  emptyLibraryHint: "Add a contract, a manual or a report. Ancre reads it page by page, then you can ask.",
  documentsCount: (n: number) => some(n, "document", "documents"),
  showMore: "Show more",
  waitingToSend: "Waiting to be sent",
  sending: "Sending…",
  queued: "Waiting to be read",
  opening: "Opening…",
  reading: (done: number, total: number) => `Reading page ${count.format(done)} of ${count.format(total)}`,
  indexing: (done: number, total: number) =>
    `Indexing ${count.format(done)} of ${some(total, "passage", "passages")}`,
  pages: (n: number) => some(n, "page", "pages"),
  slides: (n: number) => some(n, "slide", "slides"),
  passages: (n: number) => some(n, "passage", "passages"),
  size(bytes: number): string {
    const power = Math.min(2, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
    return new Intl.NumberFormat("en", {
      style: "unit",
      unit: sizes[power] ?? "byte",
      unitDisplay: "short",
      maximumFractionDigits: power === 2 ? 1 : 0,
    }).format(bytes / 1000 ** power);
  },
  pagesWithoutText: (n: number) => `${some(n, "page", "pages")} without text, not read`,
  failed: "Not read",
  notFollowed: "Reading can’t be followed",
  refusedUpload: "Not imported",
  dismiss: (name: string) => `Remove ${name} from the list`,
  remove: (name: string) => `Delete ${name}`,
  removeQuestion: (name: string) => `Delete ${name}?`,
  removeEffect: "It leaves every list, search and new answer at once.",
  removeConfirm: "Delete",
  cancel: "Cancel",
  readyAnnouncement: (name: string) => `${name} is ready`,
  failedAnnouncement: (name: string) => `${name} couldn’t be read`,

  ask: "Ask",
  assistant: "Assistant",
  newAssistantName: "Assistant",
  question: "Your question",
  questionPlaceholder: "Ask your documents…",
  questionBlocked: "First add a document",
  questionWaits: "You can ask as soon as a document is read",
  send: "Ask",
  stop: "Stop",
  newConversation: "New conversation",
  emptyThread: "What would you like to know?",
  emptyThreadHint: "Every sentence of the answer leads to the page and the exact words it rests on.",
  hasRead: (documents: string) => `${documents} to answer from`,
  yourQuestion: "You asked",
  conversation: "Conversation",
  searching: "Searching…",
  readingPassages: (n: number) => `Reading ${some(n, "passage", "passages")}…`,
  writing: "Writing…",
  stoppedEarly: "You stopped before the answer began.",
  stopped: "You stopped this answer. What is written is kept.",
  cutShort: "The answer reached its maximum length.",
  filtered: "The model’s content filter ended this answer.",
  nearestPassages: "The nearest passages",
  refusedHint: "Word the question differently, or add the document that holds the answer.",
  passagesRead: (n: number) => `${some(n, "passage", "passages")} read`,
  doubts: {
    not_in_source: "not found in the source",
    number_differs: "a figure differs from the source",
    unit_differs: "a unit differs from the source",
    date_differs: "a date differs from the source",
    name_differs: "a name differs from the source",
    negation_differs: "the source says the contrary",
    unanchored: "no source carries this",
  },
  receipt: {
    title: "Receipt",
    tokens: "Tokens",
    tokenSplit: (prompt: number, completion: number, embedding: number) =>
      `${number(prompt)} read, ${number(completion)} written, ${number(embedding)} to search`,
    estimated: "estimated",
    cost: "Cost",
    costUnknown: "no known price for this model",
    money,
    model: "Model",
    time: "Time",
    steps: {
      preparing: "preparing",
      searching: "searching",
      waiting: "waiting for the model",
      writing: "writing",
      rest: "other",
    },
    seconds,
    passages: "Passages",
    cited: (cited: number, total: number) => `${number(cited)} cited of ${number(total)} read`,
    notCounted: "It doesn’t count as a question of your plan.",
  },
  mark: (n: number, where: string) => `Source ${n}: ${where}`,

  source: "Source",
  closeSource: "Close the source",
  previousAnchor: "Previous",
  nextAnchor: "Next",
  anchorOf: (n: number, total: number) => `${n} of ${total}`,
  place: { page: (n: number) => `page ${n}`, slide: (n: number) => `slide ${n}` },
  section: (n: number) => `section ${n}`,
  quoteOnly: "Here is the quote as the answer gave it:",
  passageNotLocated: "This passage continues on another page, so it isn’t highlighted.",
};

export type Messages = typeof en;
